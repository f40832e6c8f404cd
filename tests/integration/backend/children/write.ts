/** Writes notes as fast as they are acknowledged, eight at a time, and says `wrote <n>` for each. */
import { startEmbedded } from '../../../../lib/supabase/embedded/client.ts';

const { from, ...options } = JSON.parse(process.argv[2] ?? '{}');
const backend = await startEmbedded(options);
console.log('ready');
let next = Number(from);

async function write(): Promise<void> {
  for (;;) {
    const number = next++;
    const response = await backend.handle(
      new Request('http://localhost/rest/v1/notes', {
        method: 'POST',
        headers: { apikey: backend.keys.secretKey, 'content-type': 'application/json' },
        body: JSON.stringify({ body: `note ${number}` }),
      }),
    );
    if (response.status !== 201) throw new Error(`answered ${response.status}`);
    console.log(`wrote ${number}`);
  }
}

await Promise.all(Array.from({ length: 8 }, write));
