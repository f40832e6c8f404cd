import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { CONTRACTS } from '@/lib/contracts';
import type { Contract, ContractName, Source } from '@/lib/contracts/contract';
import { availableEvents } from '@/lib/webhooks/match';
import { FAMILIES, type Family } from './families';
import { fill, LANGUAGES, librarySample, readTemplate, secretKind, verifyingSample } from './samples';
import { specimen } from './specimen';
import { bodyBytes, duration, retried, schedule, secretForm, switchOff, timeouts } from './words';

const RECRUITER = '/api/recruiter/webhooks/$WEBHOOK_ID';

function curl(method: string, path: string, body?: string): string {
  const lines = [
    `curl${method === 'GET' ? '' : ` -X ${method}`} "$HIREHOOK_URL${path}"`,
    '  -H "Authorization: Bearer $HIREHOOK_API_KEY"',
    ...(body === undefined ? [] : [`  -d '${body}'`]),
  ];
  return lines.join(' \\\n');
}

/** `{ "url": "…", "events": ["…"] }`, a field a line. */
function bodyOf({ subscribe }: Family): string {
  const fields = Object.entries(subscribe.body).map(([name, value]) => {
    const text = JSON.stringify(value).replaceAll('","', '", "');
    return `    "${name}": ${text}`;
  });
  return `{\n${fields.join(',\n')}\n  }`;
}

function eventRows(contract: Contract): string {
  return availableEvents(contract)
    .filter(({ isWildcard }) => !isWildcard)
    .map(({ name, description }) => `| \`${name}\` | ${description} |`)
    .join('\n');
}

function wildcards(contract: Contract): string {
  const names = availableEvents(contract).filter(({ isWildcard }) => isWildcard);
  if (names.length === 0) return '\nExact names only, no wildcards.\n';
  const list = names.map(({ name }) => `\`${name}\``).join(', ');
  return `\nWildcards: ${list}. A prefix matches every event below it, at any depth.\n`;
}

function eventField({ envelope }: Contract): string {
  return envelope.find(({ source }) => source === 'event')?.field ?? '';
}

/** What answers outside 2xx lead to, by the contract's final statuses. */
function answerRows({ retry }: Contract): string {
  const ends = retry.finalStatuses.map(([from, to]) => `${from}–${to}`).join(', ');
  const rows = ends ? [`| ${ends} | the delivery ends failed, no retry |`] : [];
  return [...rows, '| anything else, or nothing in time | retried as below |'].join('\n');
}

function isFinal({ retry }: Contract, status: number): boolean {
  return retry.finalStatuses.some(([from, to]) => status >= from && status <= to);
}

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function absentFields({ absentFields: rule, events, casing }: Contract): string {
  if (rule === 'left out') return 'An optional field that was not published is left out.';
  const names = new Set(events.flatMap(({ whenGiven = [] }) => whenGiven));
  const list = [...names].map((name) => `\`${casing === 'snake_case' ? snakeCase(name) : name}\``).join(', ');
  const filled = "Every field is always there: one that was not published is `null`, a time the event's own.";
  return list ? `${filled} Only ${list} may be absent.` : filled;
}

/** What the contract's own headers say beyond the standard ones, and names that differ from the body's. */
function headerWords({ headers, events }: Contract): string {
  const meanings: Partial<Record<Source, string>> = {
    deliveryId: 'is the same as `webhook-id`',
    webhookId: 'is the id of the webhook',
    occurredAt: "is the event's time, as `timestamp`",
    attemptedAt: "is this attempt's time; no signature covers it, so judge the age by `webhook-timestamp`",
  };
  const lines = headers.flatMap(({ name, source }) =>
    meanings[source] ? [`- \`${name}\` ${meanings[source]}.\n`] : [],
  );
  const renamed = events
    .filter(({ subscription, envelope }) => subscription !== envelope)
    .map(({ subscription, envelope }) => `- \`${subscription}\` is called \`${envelope}\` in the body.\n`);
  return [...lines, ...renamed].join('');
}

function wordsOf(contract: Contract, family: Family): Record<string, string> {
  const { signature, secret, ownedBy, test } = contract;
  const own = signature !== null;
  const library = {
    encoded: 'They take the secret as it is.',
    raw: 'This secret is not of their own form (`whsec_…`): give it as raw.',
    either: 'A secret of your own that does not begin with `whsec_` is given as raw bytes.',
  };
  return {
    signature: own
      ? `\`${signature.header}: ${signature.prefix}<hex>\`, HMAC-SHA256 of the raw body; and the Standard Webhooks headers`
      : '`webhook-signature: v1,<base64>` ([Standard Webhooks](https://www.standardwebhooks.com) 1.0.0)',
    ownership:
      ownedBy === 'user'
        ? " The webhook belongs to one user, the one who signed in or who made the API key: it gets that user's events only, and each user has one. The first call makes it; a later one changes it, and shows no secret."
        : '',
    verifyWords: own
      ? `\`verify\` checks \`${signature.header}\`, which covers the body alone. \`verifyStandard\` checks the standard headers, which cover the id and the time too: it also refuses what is replayed after 5 minutes, and keeps working while a secret is rotated. Either will do; prefer the second.`
      : 'The signature covers the id, the time and the body; an attempt more than 5 minutes old is refused, so nothing can be replayed.',
    libraryWords: library[secretKind(contract)],
    retryAfter: isFinal(contract, 429) ? '`Retry-After` on a 503' : '`Retry-After` on a 429 or 503',
    overlap: family.rotate.hours,
    newSecret: family.rotate.secret,
    rotateWords: own
      ? ` \`${signature.header}\` has room for one signature, the new secret's: a receiver that checks only this header refuses deliveries until it knows the new secret${isFinal(contract, 401) ? ' (a 401 is not retried)' : ''}. What ended failed meanwhile is sent again by \`recover\` with \`"statuses": ["failed"]\`.`
      : '',
    headerWords: headerWords(contract),
    testEvent: test.event,
    casing: contract.casing === 'snake_case' ? 'snake_case' : 'camelCase',
    secretForm: secretForm({ ...contract, secret }),
  };
}

/** As the gate wants Markdown to be. */
function formatted(text: string): string {
  const biome = path.resolve('node_modules/@biomejs/biome/bin/biome');
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [biome, 'format', '--stdin-file-path=docs/guides/guide.md'],
    {
      input: text,
      encoding: 'utf8',
    },
  );
  if (!stdout) throw new Error(`Biome did not format: ${stderr}`);
  return stdout;
}

/** The whole guide of a contract, as Markdown. */
export function guide(name: ContractName): string {
  const contract = CONTRACTS[name];
  const family = FAMILIES[name];
  const shown = specimen(contract);
  const headers = Object.entries(shown.headers).map(([header, value]) => `${header}: ${value}`);
  const samples = (['js', 'py', 'go', 'php', 'rb'] as const).map(
    (language) => `### ${LANGUAGES[language].title}\n\n${verifyingSample(contract, language)}`,
  );
  const text = fill(readTemplate('guide.md.tmpl'), {
    ...wordsOf(contract, family),
    name,
    heading: contract.title.endsWith('Webhooks') ? contract.title : `${contract.title} webhooks`,
    attempts: String(contract.retry.delaysMs.length + 1),
    lastAttempt: `${contract.retry.jitter > 0 ? 'about ' : ''}${duration(contract.retry.delaysMs.reduce((sum, wait) => sum + wait, 0))}`,
    answerWithin: duration(contract.timeouts.answerMs),
    subscribe: curl('POST', family.subscribe.path, bodyOf(family)),
    subscribeStatus: String(family.subscribe.status),
    idPath: family.id,
    secretPath: family.secret,
    eventRows: eventRows(contract),
    wildcards: wildcards(contract),
    type: `\`${shown.type}\``,
    secret: shown.secret,
    delivery: `${headers.join('\n')}\n\n${shown.body}`,
    bodyBytes: bodyBytes(contract),
    absent: absentFields(contract),
    samples: samples.join('\n\n'),
    library: librarySample(contract),
    timeouts: timeouts(contract),
    answerRows: answerRows(contract),
    retried: retried(contract),
    schedule: schedule(contract).join('\n'),
    switchOff: switchOff(contract),
    history: curl('GET', family.history),
    switchOn: curl(family.switchOn.method, family.switchOn.path, family.switchOn.body),
    recoverDry: curl('POST', `${RECRUITER}/recover`, '{ "statuses": ["held"], "dryRun": true }'),
    recover: curl('POST', `${RECRUITER}/recover`, '{ "statuses": ["held"] }'),
    rotate: curl('POST', family.rotate.path, `{ "${family.rotate.hours}": 24 }`),
    test: curl('POST', family.test),
    eventField: eventField(contract),
  });
  return formatted(text);
}
