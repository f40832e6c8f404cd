import { cn } from './cn';
import { CopyButton } from './copy-button';

interface CodeBlockProps {
  code: string;
  /** What it is: said above it, and in the copy button's name. */
  label: string;
  className?: string;
}

/** Text in a fixed pitch, scrollable by keyboard, with a copy button. */
export function CodeBlock({ code, label, className }: CodeBlockProps) {
  return (
    <figure className="min-w-0 overflow-hidden rounded-lg border border-line bg-sunken">
      <figcaption className="flex h-9 items-center justify-between gap-2 border-line border-b pr-1 pl-3 font-medium text-ink-3 text-xs">
        {label}
        <CopyButton value={code} label={`Copy ${label.toLowerCase()}`} />
      </figcaption>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
        tabIndex={0}
        className={cn(
          'max-h-80 overflow-auto px-3 py-2.5 font-mono text-xs leading-5 outline-offset-[-2px]',
          className,
        )}
      >
        <code>{code}</code>
      </pre>
    </figure>
  );
}
