/** Makes every kind of error that the database can answer, with a secret in each; says their statuses. */
import { startEmbedded } from '../../../../lib/supabase/embedded/client.ts';

const { secret, ...options } = JSON.parse(process.argv[2] ?? '{}');
const backend = await startEmbedded(options);

async function post(path: string, body: unknown): Promise<number> {
  const response = await backend.handle(
    new Request(`http://localhost${path}`, {
      method: 'POST',
      headers: { apikey: backend.keys.secretKey, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );
  return response.status;
}

const statuses = [
  await post('/rest/v1/notes', { body: '', secret }),
  await post('/rest/v1/notes', { body: secret, id: 1 }),
  await post('/rest/v1/notes', { body: 'x', written_at: secret }),
  await post('/rest/v1/notes', { nothing: secret }),
  await post('/rest/v1/ungranted', { id: secret }),
  await post('/rest/v1/rpc/refuse', { p_word: secret }),
  await post('/rest/v1/rpc/nap', { p_seconds: secret }),
  await post(`/rest/v1/${secret}`, {}),
  await post('/auth/v1/signup', { email: `${secret}@hirehook.local`, password: 'x' }),
  await post('/auth/v1/recover', { email: `${secret}@hirehook.local` }),
];
console.log(`statuses ${statuses.join(' ')}`);
await backend.close();
