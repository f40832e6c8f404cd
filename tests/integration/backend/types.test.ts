import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('database.types.ts is what the migrations say', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/database-types.mjs', '--check'], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
