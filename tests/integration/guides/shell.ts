/** Runs the shell blocks of the pages as they are, with the curl of this machine or, where there is none, one in Node. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Knows the options that the pages use, and refuses others. */
const CURL_IN_NODE = `#!${process.execPath}
const [options, headers] = [{ method: 'GET' }, {}];
const words = process.argv.slice(2);
while (words.length > 0) {
  const word = words.shift();
  if (word === '-X') options.method = words.shift();
  else if (word === '-H') {
    const [name, ...value] = words.shift().split(':');
    headers[name] = value.join(':').trim();
  } else if (word === '-d') {
    options.body = words.shift();
    if (options.method === 'GET') options.method = 'POST';
    headers['content-type'] ??= 'application/x-www-form-urlencoded';
  } else if (word.startsWith('-')) throw new Error('This curl does not know ' + word);
  else options.url = word;
}
fetch(options.url, { ...options, headers }).then(async (answer) => {
  process.stdout.write(await answer.text());
  process.exitCode = answer.ok ? 0 : 22;
});
`;

export interface Shell {
  /** Runs a block. Answers what it printed; throws with both streams when a command of it failed. */
  run(block: string, env: Readonly<Record<string, string>>): Promise<string>;
  readonly folder: string;
}

/** A shell whose home and working folder are empty, and whose curl fails at an answer of 400 and more. */
export function openShell(): Shell {
  const folder = mkdtempSync(path.join(tmpdir(), 'hirehook-shell-'));
  writeFileSync(path.join(folder, '.curlrc'), 'fail-with-body\nsilent\nshow-error\nnoproxy = *\n');
  if (spawnSync('curl', ['--version']).status !== 0) {
    writeFileSync(path.join(folder, 'curl'), CURL_IN_NODE);
    chmodSync(path.join(folder, 'curl'), 0o755);
  }
  const run = (block: string, env: Readonly<Record<string, string>>) =>
    new Promise<string>((resolve, reject) => {
      const child = spawn('sh', ['-e', '-c', block], {
        cwd: folder,
        env: {
          NODE_ENV: 'production',
          PATH: `${folder}:${path.dirname(process.execPath)}:${process.env.PATH}`,
          HOME: folder,
          ...env,
        },
      });
      let [out, complaints] = ['', ''];
      child.stdout.on('data', (data) => {
        out += String(data);
      });
      child.stderr.on('data', (data) => {
        complaints += String(data);
      });
      child.on('error', reject);
      child.on('close', (code) =>
        code === 0 ? resolve(out) : reject(new Error(`${block}\nended with ${code}:\n${out}${complaints}`)),
      );
    });
  return { run, folder };
}
