'use client';

import { AlertDialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './button';
import { overlayStyles } from './dialog';
import { useReturnFocus } from './use-return-focus';

interface AlertDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  children: ReactNode;
  /** The words on the button that does it. */
  confirm: ReactNode;
  cancel?: string;
  onConfirm: () => void;
  danger?: boolean;
  busy?: boolean;
  error?: string | null | undefined;
}

/** Asks before something that cannot be taken back. Stays open until the caller closes it, so that an error can be shown. */
export function AlertDialog(props: AlertDialogProps) {
  const {
    open,
    onOpenChange,
    title,
    children,
    confirm,
    cancel = 'Cancel',
    onConfirm,
    danger,
    busy,
    error,
  } = props;
  const focus = useReturnFocus();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={overlayStyles} />
        <Radix.Content
          onOpenAutoFocus={focus.remember}
          onCloseAutoFocus={focus.restore}
          className="fixed top-1/2 left-1/2 z-50 grid max-h-[94dvh] w-[min(28rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 gap-3 overflow-y-auto rounded-2xl border border-line bg-surface p-5 shadow-float outline-none duration-150 data-[state=closed]:animate-out data-[state=open]:animate-in data-[state=closed]:fade-out-0 data-[state=open]:fade-in-0 data-[state=open]:zoom-in-98"
        >
          <Radix.Title className="font-semibold text-[1.0625rem] tracking-[-0.014em]">{title}</Radix.Title>
          <Radix.Description asChild>
            <div className="grid gap-2 text-ink-2">{children}</div>
          </Radix.Description>
          <p role="alert" className="text-bad empty:hidden">
            {error}
          </p>
          <div className="mt-2 flex flex-wrap justify-end gap-2">
            <Radix.Cancel asChild>
              <Button>{cancel}</Button>
            </Radix.Cancel>
            <Button variant={danger ? 'danger' : 'primary'} busy={busy ?? false} onClick={onConfirm}>
              {confirm}
            </Button>
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
