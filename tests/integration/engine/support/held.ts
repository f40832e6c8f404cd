import postgres from 'postgres';

/** Does `work` while a transaction of another session is open that has run `statements`; then commits that. */
export async function whileOpen<T>(
  databaseUrl: string,
  statements: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  const session = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    await session.unsafe('begin');
    for (const statement of statements) await session.unsafe(statement);
    const done = await work();
    await session.unsafe('commit');
    return done;
  } finally {
    await session.end();
  }
}
