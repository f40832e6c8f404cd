import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Results } from '../results.ts';
import { BATCHES } from '../settings.ts';
import { markdown } from './markdown.ts';
import { type Bar, barChart, lineChart } from './svg.ts';
import { APP } from './targets.ts';

const FOLDER = path.join(import.meta.dirname, '../results');

function plots(results: Results): Map<string, string> {
  const drawn = new Map<string, string>();
  for (const [shape, systems] of Object.entries(results.throughput ?? {})) {
    if (Object.keys(systems).length < 2) continue;
    const bars: Bar[] = Object.entries(systems).map(
      ([
        label,
        {
          deliveriesPerSecond: { median, min, max },
        },
      ]) => ({ label, value: median, min, max }),
    );
    const limit = results.limits?.combinedPerSecond;
    if (limit && shape === BATCHES)
      bars.push({
        label: 'bare loop, then bare insert',
        value: limit.median,
        min: limit.min,
        max: limit.max,
      });
    drawn.set(
      shape.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase(),
      barChart(`Deliveries a second: ${shape}`, bars),
    );
  }
  const fanouts = Object.entries(results.throughput ?? {}).filter(
    ([shape]) => shape.startsWith('batches') && shape.endsWith(' 1 KB'),
  );
  if (fanouts.length > 1) {
    const app = fanouts.flatMap(([shape, systems]) => {
      const y = systems[APP]?.deliveriesPerSecond.median;
      return y === undefined ? [] : [{ x: Number(/fan-out (\d+)/.exec(shape)?.[1]), y }];
    });
    drawn.set(
      'fan-out',
      lineChart('Deliveries a second by fan-out, in batches of 1 KB', 'webhooks an event', 'deliveries/s', [
        { label: APP, points: app },
      ]),
    );
  }
  const [first] = results.scale ?? [];
  if (results.scale && first && results.scale.length > 1) {
    const lines = Object.keys(first.calls).map((label) => ({
      label,
      points: (results.scale ?? []).map(({ deliveries, calls }) => ({
        x: deliveries,
        y: calls[label]?.median ?? 0,
      })),
    }));
    drawn.set(
      'scale',
      lineChart('The same calls as the tables grow', 'deliveries stored', 'ms, median', lines),
    );
  }
  return drawn;
}

/** Writes `<date>[-quick].json`, `.md` and plots into `bench/results`; answers the path of the Markdown. */
export async function writeReport(results: Results): Promise<string> {
  const name = `${results.startedAt.slice(0, 10)}${results.quick ? '-quick' : ''}`;
  await mkdir(FOLDER, { recursive: true });
  const images: string[] = [];
  for (const [plot, svg] of plots(results)) {
    images.push(`${name}-${plot}.svg`);
    await writeFile(path.join(FOLDER, `${name}-${plot}.svg`), svg);
  }
  await writeFile(path.join(FOLDER, `${name}.json`), `${JSON.stringify(results, null, 2)}\n`);
  const file = path.join(FOLDER, `${name}.md`);
  await writeFile(file, markdown(results, images));
  return file;
}
