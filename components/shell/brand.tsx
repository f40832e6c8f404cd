/** The mark: a hook that catches a dot. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="9" className="fill-brand" />
      <path
        d="M10 7.5v9.75a6 6 0 0 0 12 0V15"
        fill="none"
        strokeWidth="3"
        strokeLinecap="round"
        className="stroke-on-brand"
      />
      <circle cx="22" cy="9" r="2.75" className="fill-marigold" />
    </svg>
  );
}

/** The mark with the name. */
export function Brand() {
  return (
    <span className="inline-flex items-center gap-2.5">
      <BrandMark className="size-7" />
      <span className="font-semibold text-[1.0625rem] tracking-[-0.022em]">Hirehook</span>
    </span>
  );
}
