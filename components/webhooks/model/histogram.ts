import type { StatsAnswer } from '@/lib/shapes/recruiter';

export interface Bar {
  /** Start of the span, in ms. */
  from: number;
  success: number;
  failed: number;
  total: number;
}

const hourMs = 3_600_000;

/**
 * The hours of a statistic joined into bars of `hoursPerBar`, oldest first, without gaps, up to the
 * present. No answer counts as failed.
 */
export function histogram(
  hours: StatsAnswer['hours'],
  nowMs: number,
  days: number,
  hoursPerBar: number,
): Bar[] {
  const spanMs = hoursPerBar * hourMs;
  const bars = Math.ceil((days * 24) / hoursPerBar);
  const lastFrom = Math.floor(nowMs / hourMs) * hourMs - spanMs + hourMs;
  const first = lastFrom - (bars - 1) * spanMs;
  const result: Bar[] = Array.from({ length: bars }, (_, index) => ({
    from: first + index * spanMs,
    success: 0,
    failed: 0,
    total: 0,
  }));
  for (const hour of hours) {
    const bar = result[Math.floor((new Date(hour.hour).getTime() - first) / spanMs)];
    if (!bar) continue;
    bar.success += hour.success;
    bar.failed += hour.failed + hour.error;
    bar.total = bar.success + bar.failed;
  }
  return result;
}
