'use client';

import { format, formatDistanceToNowStrict } from 'date-fns';
import { useEffect, useState } from 'react';
import { Tooltip } from './tooltip';

/** The present in ms, renewed every `everyMs` while the component is shown. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** A point in time as people say it ("4 minutes ago"), with the exact one on hover. */
export function RelativeTime({ at, className }: { at: string; className?: string }) {
  const now = useNow(15_000);
  const date = new Date(at);
  const soon = Math.abs(now - date.getTime()) < 10_000;
  return (
    <Tooltip text={format(date, 'EEEE d MMMM yyyy, HH:mm:ss')}>
      <time dateTime={at} className={className}>
        {soon ? 'just now' : formatDistanceToNowStrict(date, { addSuffix: true })}
      </time>
    </Tooltip>
  );
}
