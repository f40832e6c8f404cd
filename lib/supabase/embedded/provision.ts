import { GRANTS, ROLES } from './bootstrap.ts';
import type { Driver } from './drivers.ts';
import { migrate } from './migrate.ts';
import type { Database, Keys } from './types.ts';

/** The library's API over a connection. */
export async function apiOf(
  connection: Driver['connection'],
  keys: Pick<Keys, 'publishableKey' | 'secretKey' | 'jwtSecret'>,
) {
  const { App } = await import('@supabase/lite');
  return new App({
    connection,
    api: { schemas: ['public'] },
    auth: {
      enabled: true,
      publishable_key: keys.publishableKey,
      secret_key: keys.secretKey,
      jwt_secret: keys.jwtSecret,
      email: { enable_confirmations: false },
    },
    options: { server: { admin: false } },
  });
}

/**
 * Brings a database, new or old, to where this version of the app needs it: roles, the schema of the
 * accounts, grants, migrations. Does nothing where nothing is missing.
 */
export async function provision(driver: Driver, db: Database, migrations: string): Promise<void> {
  await db.exec(ROLES);
  const unused = {
    publishableKey: 'sb_publishable_',
    secretKey: 'sb_secret_',
    jwtSecret: 'signs nothing yet',
  };
  const api = await apiOf(driver.connection, unused);
  await api.ensureSystemSchema();
  await db.exec(GRANTS);
  await migrate(db, migrations);
}
