import fs from 'node:fs';
import path from 'node:path';
import type { Database } from './types.ts';

/**
 * Applies the migrations that the database does not have, in the order of their names, each in a
 * transaction of its own together with the record that it was applied (where Supabase's CLI keeps it).
 * The caller makes sure that nobody else migrates at the same time.
 * @returns how many were applied
 * @throws with the file's name when one fails; those before it stay applied
 */
export async function migrate(db: Database, folder: string): Promise<number> {
  const rows = await db.query('select version from supabase_migrations.schema_migrations');
  const applied = new Set(rows.map(({ version }) => version));
  const files = fs
    .readdirSync(folder)
    .filter((file) => /^\d+_.+\.sql$/.test(file))
    .sort();
  let count = 0;
  for (const file of files) {
    const [version = '', name = ''] = file.replace(/\.sql$/, '').split(/_(.*)/s);
    if (applied.has(version)) continue;
    const sql = fs.readFileSync(path.join(folder, file), 'utf8');
    await db.exec('begin');
    try {
      await db.exec(sql);
      await db.query(
        'insert into supabase_migrations.schema_migrations (version, name, statements) values ($1, $2, array[$3])',
        [version, name, sql],
      );
      await db.exec('commit');
    } catch (error) {
      await db.exec('rollback');
      throw new Error(`Migration ${file}: ${error instanceof Error ? error.message : String(error)}`);
    }
    count++;
  }
  return count;
}
