/** A recruiter's way, in a real Chromium: sign in, add a webhook, test it, see a failed delivery and how it went on. */
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Receiver, startReceiver, verify } from '../receiver';
import { type RunningApp, startApp } from '../support/app';
import { launchChromium } from '../support/chromium';

const PAGE_MS = 20_000;

let app: RunningApp;
let receiver: Receiver;
let browser: Browser;
let page: Page;
let secret = '';
const errors: string[] = [];

beforeAll(async () => {
  [app, receiver, browser] = await Promise.all([startApp(), startReceiver(), launchChromium()]);
  const context = await browser.newContext();
  page = await context.newPage();
  page.setDefaultTimeout(PAGE_MS);
  page.on('pageerror', (error) => errors.push(error.message));
});

afterAll(async () => {
  await browser?.close();
  await receiver?.close();
  await app?.stop();
});

const publish = (type: string, data: object) =>
  fetch(`${app.url}/api/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${app.demo.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ type, data }),
  });

async function expectAccessible(): Promise<void> {
  // Half-way through a fade every colour is too pale.
  await page.evaluate(() => {
    const ends = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    return Promise.allSettled(ends.map(({ finished }) => finished));
  });
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}

it('signs in to the demo workspace', async () => {
  await page.goto(app.url);
  await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
  await expectAccessible();
  await page.getByRole('button', { name: 'Use the demo workspace' }).click();
  await page.getByRole('heading', { name: 'No webhooks yet' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/recruiter/api');
  await expectAccessible();
});

it('is told at the field what is wrong with a URL', async () => {
  await page.getByRole('button', { name: 'Add webhook' }).first().click();
  await page.getByRole('textbox', { name: 'URL' }).fill('http://10.0.0.1/hooks');
  await page.getByRole('checkbox', { name: /All offer events/ }).check();
  await page.getByRole('button', { name: 'Save webhook' }).click();
  await page.getByText(/not an address on the public internet/).waitFor();
  expect(await page.getByRole('textbox', { name: 'URL' }).getAttribute('aria-invalid')).toBe('true');
});

it('adds a webhook by keyboard and is shown its secret once', async () => {
  await page.getByRole('textbox', { name: 'URL' }).fill(receiver.url);
  await page.getByLabel('Contract').selectOption('standard');
  await page.getByRole('checkbox', { name: /All application events/ }).focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Save webhook' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Webhook added' }).waitFor();
  secret =
    (await page
      .getByText(/^whsec_/)
      .first()
      .textContent()) ?? '';
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  await expectAccessible();
  await page.getByRole('button', { name: 'I have stored the secret' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  // What is open stands in the URL, which follows in a moment: a reload before would open the dialog again.
  await expect.poll(() => new URL(page.url()).search, { timeout: PAGE_MS }).toBe('');
  await page.reload();
  await page.getByRole('button', { name: 'Test' }).waitFor();
  expect(await page.content()).not.toContain(secret);
});

it('presses Test and sees a green answer', async () => {
  await page.getByRole('button', { name: 'Test' }).click();

  await page.getByText('Your server accepted it (200).').waitFor();
  const [request] = await receiver.waitFor(1, PAGE_MS);
  if (!request) throw new Error('nothing arrived');
  verify.verifyStandard(request.headers, request.rawBody, secret);
  await expectAccessible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Test' }).and(page.locator(':focus')).waitFor();
});

it('sees a delivery fail, why, and that it was tried again and arrived', async () => {
  receiver.clear();
  receiver.respond(500);
  const data = {
    applicationId: 'app_1',
    jobId: 'job_1',
    candidateId: 'cand_1',
    candidateName: 'Maria Santos',
    candidateEmail: 'maria@example.com',
    jobTitle: 'Customer Service Representative',
  };
  expect((await publish('application.created', data)).status).toBe(202);
  await page
    .getByRole('link', { name: new RegExp(new URL(receiver.url).host) })
    .first()
    .click();
  await page
    .getByText(/Your server answered 500/)
    .first()
    .waitFor();
  receiver.respond(200);

  // The page is not reloaded: it refreshes while one looks.
  await page
    .getByRole('row', { name: /Application created/ })
    .first()
    .click();
  const sheet = page.getByRole('dialog');
  await sheet.getByText(/Attempt 1/).waitFor();
  await sheet.getByText(/Attempt 2/).waitFor();
  expect(receiver.requests).toHaveLength(2);
  const [first, second] = receiver.requests;
  expect(second?.rawBody.equals(first?.rawBody ?? Buffer.alloc(0))).toBe(true);
  expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
  await expectAccessible();
  await page.keyboard.press('Escape');
});

it('resends a delivery that ended failed', async () => {
  receiver.clear();
  receiver.respond(410);
  await publish('application.status_changed', {
    applicationId: 'app_1',
    jobId: 'job_1',
    candidateId: 'cand_1',
    oldStatus: 'applied',
    newStatus: 'shortlisted',
  });
  await page
    // Idle, the page refreshes every 20 s.
    .getByText(/asks us to stop/)
    .first()
    .waitFor({ timeout: 3 * PAGE_MS });
  receiver.respond(200);
  await page.getByRole('switch', { name: 'Active' }).click();
  await page
    .getByRole('row', { name: /status changed/ })
    .first()
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Resend' }).click();
  await page
    .getByRole('dialog')
    .getByText(/Attempt 2/)
    .waitFor();
  expect(receiver.requests).toHaveLength(2);
});

it('broke nothing on the way', () => {
  expect(errors).toEqual([]);
});
