'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './button';
import { cn } from './cn';
import { useReturnFocus } from './use-return-focus';

export const overlayStyles =
  'fixed inset-0 z-40 bg-[oklch(0.2_0.03_230/0.38)] backdrop-blur-[2px] data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=closed]:animate-out data-[state=closed]:fade-out-0';

interface PanelProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
  className?: string;
  /** False while a press outside or Escape must not lose what is shown (a secret, say). */
  dismissible?: boolean;
}

function CloseButton() {
  return (
    <Radix.Close asChild>
      <Button variant="ghost" size="icon" aria-label="Close" className="-mt-1 -mr-2 ml-auto">
        <X aria-hidden />
      </Button>
    </Radix.Close>
  );
}

function Header({
  title,
  description,
  closable,
}: Pick<PanelProps, 'title' | 'description'> & { closable: boolean }) {
  return (
    <header className="flex items-start gap-4 border-line border-b px-5 py-4">
      <div className="min-w-0">
        <Radix.Title className="font-semibold text-[1.0625rem] tracking-[-0.014em]">{title}</Radix.Title>
        {description ? (
          <Radix.Description className="mt-0.5 text-ink-3">{description}</Radix.Description>
        ) : null}
      </div>
      {closable ? <CloseButton /> : null}
    </header>
  );
}

/** Into the first field, where there is one; else onto the panel itself, so that nothing is pressed by mistake. */
function focusFirst(event: Event) {
  event.preventDefault();
  const panel = event.currentTarget;
  if (!(panel instanceof HTMLElement)) return;
  const field = panel.querySelector<HTMLElement>(
    'input:not([type=hidden]), textarea, [role=radio][data-state=checked]',
  );
  (field ?? panel).focus();
}

const staysOpen = (event: Event) => event.preventDefault();

/** A dialog in the middle of the window; on a phone it rises from the lower edge. Traps focus. */
export function Dialog(props: PanelProps) {
  const { open, onOpenChange, title, description, children, footer, className, dismissible = true } = props;
  const focus = useReturnFocus();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={overlayStyles} />
        <Radix.Content
          onOpenAutoFocus={(event) => {
            focus.remember();
            focusFirst(event);
          }}
          onCloseAutoFocus={focus.restore}
          {...(description ? {} : { 'aria-describedby': undefined })}
          {...(dismissible ? {} : { onEscapeKeyDown: staysOpen, onInteractOutside: staysOpen })}
          className={cn(
            'fixed inset-x-0 bottom-0 z-50 flex max-h-[94dvh] flex-col rounded-t-2xl border border-line bg-surface shadow-float outline-none duration-200 data-[state=closed]:animate-out data-[state=open]:animate-in data-[state=closed]:fade-out-0 data-[state=open]:fade-in-0 data-[state=open]:slide-in-from-bottom-4 sm:inset-x-auto sm:top-[6dvh] sm:bottom-auto sm:left-1/2 sm:max-h-[88dvh] sm:w-[min(40rem,calc(100vw-2rem))] sm:-translate-x-1/2 sm:rounded-2xl',
            className,
          )}
        >
          <Header title={title} description={description} closable={dismissible} />
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-5">{children}</div>
          {footer ? (
            <footer className="flex flex-wrap justify-end gap-2 border-line border-t px-5 py-3.5">
              {footer}
            </footer>
          ) : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** A panel at the right edge, for what belongs to a row of the page beneath. Traps focus. */
export function Sheet({ open, onOpenChange, title, description, children, footer, className }: PanelProps) {
  const focus = useReturnFocus();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={overlayStyles} />
        <Radix.Content
          onOpenAutoFocus={(event) => {
            focus.remember();
            focusFirst(event);
          }}
          onCloseAutoFocus={focus.restore}
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={cn(
            'fixed inset-y-0 right-0 z-50 flex w-full flex-col border-line border-l bg-surface shadow-float outline-none duration-200 data-[state=closed]:animate-out data-[state=open]:animate-in data-[state=closed]:fade-out-0 data-[state=open]:fade-in-0 data-[state=open]:slide-in-from-right-8 sm:w-[min(44rem,92vw)]',
            className,
          )}
        >
          <Header title={title} description={description} closable />
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-5">{children}</div>
          {footer ? (
            <footer className="flex flex-wrap justify-end gap-2 border-line border-t px-5 py-3.5">
              {footer}
            </footer>
          ) : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
