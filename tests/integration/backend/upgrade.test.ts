import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openPglite } from '@/lib/supabase/embedded/drivers';
import { provision } from '@/lib/supabase/embedded/provision';
import { temporaryFolder } from './support';

/** What an older version stored is still there after the migrations that came since. */

const MIGRATIONS = path.resolve('supabase/migrations');
const WEBHOOK = '018f0000-0000-7000-8000-000000000001';
const ORGANIZATION = '018f0000-0000-7000-8000-000000000002';

test('figures that were counted by the hour become lists of the hours of a day', async () => {
  const files = fs.readdirSync(MIGRATIONS).sort();
  const before = files.filter((file) => file < '20261124000500');
  const folder = temporaryFolder();
  const copy = (file: string) => fs.copyFileSync(path.join(MIGRATIONS, file), path.join(folder, file));
  before.forEach(copy);
  const driver = await openPglite('memory://');
  try {
    await driver.alone((db) => provision(driver, db, folder));
    await driver.alone((db) =>
      db.query(
        `insert into public.webhook_stats (webhook_id, hour, event_type, organization_id, success, failed, error, attempts, duration_ms)
         select $1::uuid, hour, type, $2::uuid, n, n + 1, 0, n + 2, n * 5000000000
         from (values ('2026-11-24 00:00Z'::timestamptz, 'a', 1), ('2026-11-24 23:00Z', 'a', 2), ('2026-11-25 00:00Z', 'a', 3),
           ('2026-11-25 00:00Z', 'b', 4)) as h (hour, type, n)`,
        [WEBHOOK, ORGANIZATION],
      ),
    );
    files.filter((file) => !before.includes(file)).forEach(copy);
    await driver.alone((db) => provision(driver, db, folder));
    const rows = await driver.alone((db) =>
      db.query(
        `select s.day::text || ' ' || (h.n - 1) as hour, s.event_type, h.success, h.failed, h.error, h.attempts,
           h.duration_ms::text as duration_ms
         from public.webhook_stats s, unnest(s.success, s.failed, s.error, s.attempts, s.duration_ms)
           with ordinality as h (success, failed, error, attempts, duration_ms, n)
         where h.attempts <> 0 and s.webhook_id = $1::uuid and s.organization_id = $2::uuid order by s.day, s.event_type, h.n`,
        [WEBHOOK, ORGANIZATION],
      ),
    );
    const counted = (n: number) => ({
      success: n,
      failed: n + 1,
      error: 0,
      attempts: n + 2,
      duration_ms: String(n * 5_000_000_000),
    });
    expect(rows).toEqual([
      { hour: '2026-11-24 0', event_type: 'a', ...counted(1) },
      { hour: '2026-11-24 23', event_type: 'a', ...counted(2) },
      { hour: '2026-11-25 0', event_type: 'a', ...counted(3) },
      { hour: '2026-11-25 0', event_type: 'b', ...counted(4) },
    ]);
  } finally {
    await driver.connection.close();
  }
});
