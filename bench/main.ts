import { aboutMachine, aboutVersions } from './harness/about.ts';
import { monotonicMs } from './harness/clock.ts';
import { startPostgres } from './harness/postgres.ts';
import { startLoadGenerator } from './load/client.ts';
import { startReceiver } from './receiver/client.ts';
import { reached, targetsOf } from './report/targets.ts';
import { writeReport } from './report/write.ts';
import type { Results } from './results.ts';
import { readSettings, type Stage } from './settings.ts';
import { costs, fairness, processes, punctuality, retention, scale } from './stages/alone.ts';
import type { Context } from './stages/context.ts';
import { latency } from './stages/latency.ts';
import { sideBySide } from './stages/side-by-side.ts';

/**
 * `npm run bench [-- --quick] [--only <part,…>] [--runs <n>] [--seconds <a run>] [--sizes <n,…>] [--pg <setting>=<value>]`: starts a PostgreSQL, the app, its
 * peers, a receiver and a load generator, measures them side by side, and writes the report into bench/results.
 */
const PARTS: Record<Stage, (context: Context) => Promise<void>> = {
  'side-by-side': sideBySide,
  latency,
  costs,
  scale,
  retention,
  punctuality,
  fairness,
  processes,
};

const settings = readSettings(process.argv.slice(2));
const log = (line: string) => process.stdout.write(`${line}\n`);
const results: Results = {
  startedAt: new Date().toISOString(),
  quick: settings.quick,
  machine: aboutMachine(),
  versions: aboutVersions(),
  database: {},
  systems: {},
};
const database = await startPostgres(settings.postgres);
results.database = database.settings;
const receiver = await startReceiver();
const load = startLoadGenerator();
let run = 0;
const bench = { receiver, load, databasePid: database.pid, nextRun: () => ++run };
let failed = false;
const startedAt = monotonicMs();
try {
  for (const part of settings.stages) {
    log(`${part} (${((monotonicMs() - startedAt) / 1_000).toFixed(0)} s)`);
    try {
      await PARTS[part]({ settings, bench, database, results, log });
    } catch (error) {
      failed = true;
      process.stderr.write(`${part} failed: ${error instanceof Error ? error.stack : String(error)}\n`);
    }
    await writeReport(results);
  }
} finally {
  await load.stop();
  await receiver.stop();
  await database.stop();
}
for (const target of targetsOf(results))
  log(`${reached(target) ? '  ' : '! '}${target.what}: ${target.measured.toPrecision(3)} ${target.unit}`);
log(`${await writeReport(results)} (${((monotonicMs() - startedAt) / 1_000).toFixed(0)} s)`);
process.exit(failed ? 1 : 0);
