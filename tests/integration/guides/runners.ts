/** How a sample is run in each language: the sample as a file of its own, and a driver that feeds it cases. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { Case } from './cases';

export type Language = 'js' | 'python' | 'go' | 'php' | 'ruby';

interface Runner {
  /** Answers the version where the language is on this machine. */
  readonly version: readonly string[];
  readonly sample: string;
  readonly files: (hasOwn: boolean) => Readonly<Record<string, string>>;
  readonly run: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export const RUNNERS: Readonly<Record<Language, Runner>> = {
  js: {
    version: [process.execPath, '--version'],
    sample: 'sample.mjs',
    run: [process.execPath, 'driver.mjs'],
    files: () => ({
      'driver.mjs': `import { readFileSync } from 'node:fs';
import * as sample from './sample.mjs';
const answers = JSON.parse(readFileSync('cases.json', 'utf8')).map((one) => {
  const body = Buffer.from(one.bodyBase64, 'base64');
  // A header that did not come is undefined in Node.
  const header = (name) => one[name] ?? undefined;
  if (one.check === 'own') return sample.verify(body, header('signature'), one.secret);
  const headers = { id: header('id'), timestamp: header('timestamp'), signature: header('signature') };
  return sample.verifyStandard(body, headers, one.secret, one.now);
});
console.log(JSON.stringify(answers));
`,
    }),
  },
  python: {
    version: ['python3', '--version'],
    sample: 'sample.py',
    run: ['python3', 'driver.py'],
    env: { PYTHONDONTWRITEBYTECODE: '1' },
    files: () => ({
      'driver.py': `import base64, json
import sample
answers = []
for one in json.load(open("cases.json", encoding="utf-8")):
    body = base64.b64decode(one["bodyBase64"])
    if one["check"] == "own":
        answers.append(sample.verify(body, one["signature"], one["secret"]))
    else:
        answers.append(sample.verify_standard(body, one["id"], one["timestamp"], one["signature"], one["secret"], one["now"]))
print(json.dumps(answers))
`,
    }),
  },
  go: {
    version: ['go', 'version'],
    sample: 'webhook/verify.go',
    run: ['go', 'run', '.'],
    env: { GOPROXY: 'off', GOTOOLCHAIN: 'local', GOFLAGS: '-mod=mod', GOWORK: 'off' },
    files: (hasOwn) => ({
      'go.mod': 'module sample\n\ngo 1.21\n',
      'main.go': `package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sample/webhook"
	"time"
)

type delivery struct {
	Check      string
	BodyBase64 []byte
	Signature  string
	Id         string
	Timestamp  string
	Secret     string
	Now        int64
}

func own(one delivery) bool { return ${hasOwn ? 'webhook.Verify(one.BodyBase64, one.Signature, one.Secret)' : 'false'} }

func main() {
	text, err := os.ReadFile("cases.json")
	if err != nil {
		panic(err)
	}
	var cases []delivery
	if err := json.Unmarshal(text, &cases); err != nil {
		panic(err)
	}
	answers := make([]bool, len(cases))
	for i, one := range cases {
		if one.Check == "own" {
			answers[i] = own(one)
		} else {
			answers[i] = webhook.VerifyStandard(one.BodyBase64, one.Id, one.Timestamp, one.Signature, one.Secret, time.Unix(one.Now, 0))
		}
	}
	printed, _ := json.Marshal(answers)
	fmt.Println(string(printed))
}
`,
    }),
  },
  php: {
    version: ['php', '--version'],
    sample: 'sample.php',
    run: ['php', '-d', 'display_errors=stderr', '-d', 'error_reporting=-1', 'driver.php'],
    files: () => ({
      'driver.php': `<?php
declare(strict_types=1);
set_error_handler(function ($level, $message) { throw new ErrorException($message); });
require 'sample.php';
$answers = [];
foreach (json_decode(file_get_contents('cases.json'), true, 16, JSON_THROW_ON_ERROR) as $one) {
    $body = base64_decode($one['bodyBase64'], true);
    $answers[] = $one['check'] === 'own'
        ? verify($body, $one['signature'], $one['secret'])
        : verifyStandard($body, $one['id'], $one['timestamp'], $one['signature'], $one['secret'], $one['now']);
}
echo json_encode($answers), "\\n";
`,
    }),
  },
  ruby: {
    version: ['ruby', '--version'],
    sample: 'sample.rb',
    run: ['ruby', '-W2', 'driver.rb'],
    env: { LANG: 'C.UTF-8' },
    files: () => ({
      'driver.rb': `require 'json'
require_relative 'sample'
answers = JSON.parse(File.read('cases.json', encoding: 'UTF-8')).map do |one|
  body = one['bodyBase64'].unpack1('m')
  if one['check'] == 'own'
    verify(body, one['signature'], one['secret'])
  else
    verify_standard(body, one['id'], one['timestamp'], one['signature'], one['secret'], one['now'])
  end
end
puts JSON.generate(answers)
`,
    }),
  },
};

/** The version of a language on this machine, null where it is not there. */
export function versionOf(language: Language): string | null {
  const [command = '', ...args] = RUNNERS[language].version;
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' });
  return status === 0 ? (stdout.split('\n')[0] ?? '').trim() : null;
}

/** Runs a sample over the cases and gives its answers. Throws with what it printed when it broke off. */
export function runSample(language: Language, sample: string, cases: readonly Case[]): boolean[] {
  const runner = RUNNERS[language];
  const folder = mkdtempSync(path.join(tmpdir(), `hirehook-${language}-`));
  try {
    const files = {
      ...runner.files(cases.some(({ check }) => check === 'own')),
      [runner.sample]: sample,
      'cases.json': JSON.stringify(cases),
    };
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    const [command = '', ...args] = runner.run;
    const env = { ...process.env, ...runner.env };
    const { status, stdout, stderr, error } = spawnSync(command, args, {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${language}: ${error?.message ?? ''}${stderr}${stdout}`);
    return z.array(z.boolean()).length(cases.length).parse(JSON.parse(stdout));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
