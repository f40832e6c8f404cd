import fs from 'node:fs';
import path from 'node:path';
import type { Database } from './types.ts';

/**
 * Applies the migrations that the database does not have, in the order of their names, each in a
 * transaction of its own together with the record that it was applied (where Supabase's CLI keeps it).
 * The caller makes sure that nobody else migrates at the same time.
 * @returns how many were applied
 * @throws with the file's name when one fails; those before it stay applied; or when one that was applied has changed
 *   since, as the tables would then not be what the code takes them for
 */
export async function migrate(db: Database, folder: string): Promise<number> {
  const rows = await db.query(
    'select version, case when cardinality(statements) = 1 then statements[1] end as sql from supabase_migrations.schema_migrations',
  );
  const applied = new Map(rows.map(({ version, sql }) => [version, sql]));
  const files = fs
    .readdirSync(folder)
    .filter((file) => /^\d+_.+\.sql$/.test(file))
    .sort();
  let count = 0;
  for (const file of files) {
    const [version = '', name = ''] = file.replace(/\.sql$/, '').split(/_(.*)/s);
    const sql = fs.readFileSync(path.join(folder, file), 'utf8');
    const before = applied.get(version);
    // Null: applied by Supabase's CLI, which keeps the statements apart.
    if (before === sql || before === null) continue;
    if (before !== undefined) {
      throw new Error(
        `Migration ${file} is not the one that this database was made with. Start with a new database (HIREHOOK_DIR, DATABASE_URL), or with the version of Hirehook that made this one.`,
      );
    }
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
