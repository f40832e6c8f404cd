/** The cron of where there is no Vercel: the same schedule, the same calls. */
import http from 'node:http';
import { Cron } from 'croner';
import vercel from '../vercel.json';
import { onShutdown } from './shutdown';

/**
 * Calls each of vercel.json's paths on this app, at once and then on its schedule (UTC, as there). Calls
 * may overlap: a sweep stays until its successor has taken over, so no call has a time limit.
 * @param address where the app listens, as `http://127.0.0.1:3000`
 * @param onError told why a call could not be made or was refused
 */
export function startCron(
  address: string,
  secret: string,
  onError: (path: string, reason: string) => void,
): void {
  let stopped = false;
  const complain = (path: string, reason: string) => {
    if (!stopped) onError(path, reason);
  };
  const call = (path: string) => {
    const request = http.get(new URL(path, address), {
      agent: false,
      headers: { authorization: `Bearer ${secret}`, 'user-agent': 'hirehook-cron/1.0' },
    });
    request.on('response', (response) => {
      if (response.statusCode !== 200) complain(path, `answered ${response.statusCode}`);
      response.on('error', (error) => complain(path, error.message));
      response.resume();
    });
    request.on('error', (error) => complain(path, error.message));
  };
  const jobs = vercel.crons.map(
    ({ path, schedule }) => new Cron(schedule, { timezone: 'UTC', unref: true }, () => call(path)),
  );
  for (const { path } of vercel.crons) call(path);
  onShutdown(async () => {
    stopped = true;
    for (const job of jobs) job.stop();
  });
}
