import type { Spread } from '../harness/stats.ts';

/** A figure with three digits that count, or whole where it is large. */
export const show = (value: number): string =>
  Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
/** Median with minimum and maximum, in `unit`s. */
export const range = ({ median, min, max }: Omit<Spread, 'runs'>, unit = 1): string =>
  `${show(median / unit)} (${show(min / unit)}–${show(max / unit)})`;

/** A table of Markdown; all columns but the first are figures. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, at) => (at === 0 ? '---' : '---:'))), ...rows.map(line), ''];
}
