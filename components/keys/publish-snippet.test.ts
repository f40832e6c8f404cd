import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { publishSnippet } from './publish-snippet';

it('survives a shell: quotes in the sample reach the receiver as they are', () => {
  const sample = { candidateName: `O'Neil "Zoë" $HOME \\ \`id\`` };
  const command = publishSnippet('http://127.0.0.1:3000', 'hh_live_x', {
    type: 'application.created',
    sample,
  });
  // A function in curl's place prints the argument after -d.
  const script = `curl() { while [ "$1" != "-d" ]; do shift; done; printf %s "$2"; }\n${command}`;
  const body: unknown = JSON.parse(execFileSync('sh', ['-c', script], { encoding: 'utf8' }));
  expect(body).toEqual({ type: 'application.created', data: sample });
});
