/** Opens a backend as the app does, in a worker; says `ready <publishable key>` or `refused <why>`. */
import { startEmbedded } from '../../../../lib/supabase/embedded/client.ts';

const options = JSON.parse(process.argv[2] ?? '{}');
try {
  const backend = await startEmbedded(options);
  process.on('SIGTERM', async () => {
    await backend.close();
    console.log('closed');
    process.exit(0);
  });
  setInterval(() => undefined, 1000);
  // Last: whoever waits for it may end this process at once.
  console.log(`ready ${backend.keys.publishableKey}`);
} catch (error) {
  console.log(`refused ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
