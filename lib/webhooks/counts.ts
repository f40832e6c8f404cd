/** What a pass over due deliveries did. */
export interface Counts {
  claimed: number;
  succeeded: number;
  failed: number;
  retrying: number;
}

export const NOTHING: Counts = { claimed: 0, succeeded: 0, failed: 0, retrying: 0 };

/** Adds what one pass did to what others did. */
export function addCounts(a: Counts, b: Counts): Counts {
  return {
    claimed: a.claimed + b.claimed,
    succeeded: a.succeeded + b.succeeded,
    failed: a.failed + b.failed,
    retrying: a.retrying + b.retrying,
  };
}
