/**
 * `npm start`: builds what is out of date, then serves. `npm run dev` (`--dev`): serves with hot reload.
 * Listens on PORT (3000) and HOST (127.0.0.1, or every address when Supabase is hosted elsewhere).
 */
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = path.resolve(import.meta.dirname, '..');
const dev = process.argv.includes('--dev');
/**
 * How V8 keeps its heap, as measured with 1,000 events in a batch: a young generation that holds a second's work (with the
 * default a tenth of the time goes into copying it), and no shrinking while idle, which throws compiled code away as well
 * (the first deliveries after a pause of seconds took half as much again).
 */
const HEAP = ['--max-semi-space-size=64', '--no-memory-reducer'];

/** Becomes another program where the platform can, so that signals and the exit code need no forwarding. */
function become(file, args, env) {
  if (process.platform !== 'win32' && typeof process.execve === 'function') {
    process.removeAllListeners('warning');
    process.execve(file, [file, ...args], env);
  }
  const child = spawn(file, args, { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143);
  });
}

function refuse(words) {
  console.error(`\n${words}\n`);
  process.exit(1);
}

function loadEnvFiles(mode) {
  for (const name of [`.env.${mode}.local`, '.env.local', `.env.${mode}`, '.env']) {
    const file = path.join(root, name);
    if (fs.existsSync(file)) process.loadEnvFile(file);
  }
}

async function build(next, lockFolder) {
  const { hashOfSources, isBuilt, stamp } = await import('./build-state.mjs');
  if (isBuilt(root, hashOfSources(root))) return;
  const folder = path.join(root, 'node_modules', '.cache', 'hirehook-build');
  fs.mkdirSync(folder, { recursive: true });
  let unlock;
  while (!unlock) {
    unlock = await lockFolder(folder).catch(async (error) => {
      if (error.name !== 'FolderInUseError') throw error;
      await sleep(300);
    });
  }
  try {
    const hash = hashOfSources(root);
    // Somebody else may have built it while this one waited.
    if (isBuilt(root, hash)) return;
    const { status } = spawnSync(process.execPath, [next, 'build'], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    });
    if (status !== 0) refuse('The build failed.');
    stamp(root, hash);
  } finally {
    await unlock();
  }
}

async function start() {
  process.chdir(root);
  const mode = dev ? 'development' : 'production';
  loadEnvFiles(mode);
  const { parseEnv } = await import('../lib/env.ts');
  const { folderHolder, inUse, lockFolder } = await import('../lib/supabase/embedded/lock.ts');
  let settings;
  try {
    settings = parseEnv(process.env);
  } catch (error) {
    refuse(error.message);
  }
  if (!settings.SUPABASE_URL && !settings.DATABASE_URL) {
    const directory = path.resolve(settings.HIREHOOK_DIR);
    const holder = await folderHolder(directory);
    if (holder) refuse(inUse(directory, holder));
  }
  const next = path.join(root, 'node_modules', 'next', 'dist', 'bin', 'next');
  if (!dev) await build(next, lockFolder);
  const host = settings.HOST ?? (settings.SUPABASE_URL ? '0.0.0.0' : '127.0.0.1');
  become(process.execPath, [...HEAP, next, dev ? 'dev' : 'start', '-H', host, '-p', String(settings.PORT)], {
    ...process.env,
    NODE_ENV: mode,
    HOST: host,
    DO_NOT_TRACK: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    // The app ends itself in order (lib/boot.ts), within ten seconds.
    NEXT_MANUAL_SIG_HANDLE: '1',
    NEXT_EXIT_TIMEOUT_MS: '10000',
  });
}

const NEEDED_NODE = 24;
const carried = path.join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
if (Number.parseInt(process.versions.node, 10) >= NEEDED_NODE) await start();
else if (fs.existsSync(carried)) become(carried, process.argv.slice(1), process.env);
else refuse(`Node ${NEEDED_NODE} or newer is needed; \`npm ci\` brings one.`);
