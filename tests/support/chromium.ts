/**
 * Finds a Chromium for the browser tests: CHROMIUM_PATH, the system's, Playwright's own, or the one that the npm package
 * @sparticuz/chromium carries (with the libraries that a bare Debian lacks). Says in words what to do when none starts.
 */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

interface Candidate {
  name: string;
  path(): Promise<string | undefined>;
}

const CANDIDATES: Candidate[] = [
  { name: 'CHROMIUM_PATH', path: async () => process.env.CHROMIUM_PATH },
  { name: 'the system', path: async () => SYSTEM.find((path) => existsSync(path)) },
  { name: 'Playwright', path: async () => chromium.executablePath() },
  {
    name: '@sparticuz/chromium',
    path: async () => {
      // Said to be on Lambda, it unpacks its own NSS libraries beside the browser and points the loader at them.
      process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs22.x';
      const { default: carried } = await import('@sparticuz/chromium');
      return carried.executablePath();
    },
  },
];

const HELP = `No Chromium could be started for the browser tests. Any of these helps:
  - apt-get install chromium       (Debian, Ubuntu)
  - npx playwright-core install --with-deps chromium
  - CHROMIUM_PATH=/path/to/chrome npm test`;

/** Starts a headless Chromium. Throws an Error that says what was tried and what to do. */
export async function launchChromium(): Promise<Browser> {
  const tried: string[] = [];
  for (const { name, path } of CANDIDATES) {
    const executablePath = await path().catch((error) => void tried.push(`${name}: ${error.message}`));
    if (!executablePath || !existsSync(executablePath)) continue;
    try {
      return await chromium.launch({ executablePath, headless: true, args: ARGS });
    } catch (error) {
      const [line] = String(error).split('\n');
      tried.push(`${name} (${executablePath}): ${line}`);
    }
  }
  throw new Error([HELP, ...tried.map((line) => `  tried ${line}`)].join('\n'));
}
