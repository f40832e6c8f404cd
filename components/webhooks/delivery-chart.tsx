'use client';

import { format } from 'date-fns';
import { Tooltip } from '@/components/ui/tooltip';
import type { Bar } from './model/histogram';
import { countOf } from './model/webhook-view';

function words(bar: Bar): string {
  if (bar.total === 0) return 'nothing to deliver';
  return bar.failed === 0 ? `${bar.success} delivered` : `${bar.success} delivered, ${bar.failed} failed`;
}

function share(part: number, peak: number): string {
  return part === 0 ? '0%' : `max(3px, ${(part / peak) * 100}%)`;
}

/** Deliveries over time, as stacked bars; its words say the same to those who do not see it. */
export function DeliveryChart({ bars, hoursPerBar }: { bars: readonly Bar[]; hoursPerBar: number }) {
  const peak = Math.max(1, ...bars.map((bar) => bar.total));
  const all = bars.reduce((sum, bar) => sum + bar.total, 0);
  const failed = bars.reduce((sum, bar) => sum + bar.failed, 0);
  const first = bars[0];
  const middle = bars[Math.floor(bars.length / 2)];
  return (
    <figure className="mt-auto grid gap-1.5">
      <figcaption className="sr-only">
        {countOf(all, 'delivery', 'deliveries')} ended, {failed} of them failed, in spans of {hoursPerBar}{' '}
        hours.
      </figcaption>
      <div className="flex h-28 items-end gap-px border-line border-b sm:gap-1" aria-hidden>
        {bars.map((bar) => (
          <Tooltip key={bar.from} text={`${format(bar.from, 'EEE d MMM, HH:mm')}: ${words(bar)}`}>
            <div className="group flex h-full min-w-0 flex-1 flex-col justify-end rounded-t-sm hover:bg-sunken">
              <div
                className="w-full rounded-t-[3px] bg-bad-solid group-hover:brightness-110"
                style={{ height: share(bar.failed, peak) }}
              />
              <div
                className={`w-full bg-ok-solid group-hover:brightness-110 ${bar.failed === 0 ? 'rounded-t-[3px]' : 'mt-px'}`}
                style={{ height: share(bar.success, peak) }}
              />
            </div>
          </Tooltip>
        ))}
      </div>
      <div className="flex justify-between text-2xs text-ink-3" aria-hidden>
        <span>{first ? format(first.from, 'd MMM') : ''}</span>
        <span>{middle ? format(middle.from, 'd MMM') : ''}</span>
        <span>now</span>
      </div>
    </figure>
  );
}
