import type { Results } from '../results.ts';
import { show, table } from './format.ts';

/** How publishes fared beside the drop of a week. */
export function retention({ retention: found }: Results): string[] {
  if (found === undefined) return [];
  const { before, partitionRead, tableRead, dropping } = found;
  const rows = Object.entries({
    before,
    'while somebody reads the partitions, and the drop gives up': partitionRead,
    'while somebody reads the tables, and the drop gives up': tableRead,
    'while all of it is dropped': dropping,
  }).map(([when, { count, medianMs, longestMs }]) => [when, String(count), show(medianMs), show(longestMs)]);
  return [
    '## Publishes while a week past retention is dropped',
    '',
    `The week has ${found.deliveries.toLocaleString('en')} events, deliveries and attempts. ${found.dropped} partitions were dropped in ${show(found.dropMs)} ms, none in more than ${show(found.longestDropMs)} ms. Two connections publish single events every 4 ms.`,
    '',
    ...table(['publish, ms', 'publishes', 'median', 'longest'], rows),
  ];
}
