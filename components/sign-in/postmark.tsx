import { Check, Clock3 } from 'lucide-react';

const receipts = [
  { event: 'Application created', to: 'ats.northwind.example', note: '200 in 84 ms', done: true },
  { event: 'Interview scheduled', to: 'calendar.brightwork.example', note: '200 in 41 ms', done: true },
  { event: 'Offer accepted', to: 'hooks.payroll.example', note: 'again in 4 min', done: false },
  { event: 'Placement created', to: 'ats.northwind.example', note: '202 in 132 ms', done: true },
] as const;

/** A picture, not data: what a morning of deliveries looks like, under a postmark. */
export function Postmark() {
  return (
    <div className="relative w-[min(27rem,80%)]" aria-hidden>
      <svg
        viewBox="0 0 400 400"
        aria-hidden="true"
        className="-top-44 -right-40 absolute w-[26rem] stroke-marigold opacity-40"
      >
        <g fill="none" strokeWidth="1.5">
          <circle cx="200" cy="200" r="118" />
          <circle cx="200" cy="200" r="88" />
          {[150, 170, 190, 210, 230, 250].map((y) => (
            <path key={y} d={`M-40 ${y}c40-18 70 18 110 0s70-18 110 0 70 18 110 0 70-18 150 0`} />
          ))}
        </g>
      </svg>
      <p className="relative max-w-sm font-semibold text-[1.625rem] text-white leading-8 tracking-[-0.026em]">
        Every system that asked, told. Signed, on time, and on record.
      </p>
      <ol className="relative mt-8 grid gap-2.5">
        {receipts.map(({ event, to, note, done }) => (
          <li
            key={event}
            className="flex items-center gap-3 rounded-xl border border-line bg-surface px-4 py-3 shadow-card"
          >
            <span className={done ? 'text-ok' : 'text-warn'}>
              {done ? <Check className="size-4" /> : <Clock3 className="size-4" />}
            </span>
            <span className="grid min-w-0 flex-1">
              <span className="font-medium">{event}</span>
              <span className="truncate font-mono text-ink-3 text-xs">{to}</span>
            </span>
            <span className="tabular text-ink-2 text-xs">{note}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
