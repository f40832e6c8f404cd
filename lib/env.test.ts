import { expect, test } from 'vitest';
import { EnvError, parseEnv } from './env';

test('nothing at all will do: the embedded backend on port 3000', () => {
  expect(parseEnv({})).toMatchObject({ PORT: 3000, HIREHOOK_DIR: '.hirehook', LOG_LEVEL: 'info' });
  expect(parseEnv({ DATABASE_URL: '', SUPABASE_URL: ' ' }).DATABASE_URL).toBeUndefined();
});

test.each([
  ['NEXT_PUBLIC_SUPABASE_URL', 'NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY', 'SUPABASE_SERVICE_ROLE_KEY'],
  ['SUPABASE_URL', 'SUPABASE_ANON_KEY', 'SUPABASE_SECRET_KEY'],
  ['SUPABASE_URL', 'NEXT_PUBLIC_SUPABASE_ANON_KEY', 'SUPABASE_SECRET_KEY'],
])('a hosted project may be named %s, %s, %s', (url, publishable, secret) => {
  const env = parseEnv({
    [url]: 'https://x.supabase.co',
    [publishable]: 'p',
    [secret]: 's',
    CRON_SECRET: 'c',
  });
  expect(env).toMatchObject({
    SUPABASE_URL: 'https://x.supabase.co',
    SUPABASE_PUBLISHABLE_KEY: 'p',
    SUPABASE_SECRET_KEY: 's',
  });
});

test('what a hosted project lacks is named, all at once', () => {
  const parse = () => parseEnv({ SUPABASE_URL: 'https://x.supabase.co' });
  expect(parse).toThrow(EnvError);
  for (const name of ['SUPABASE_PUBLISHABLE_KEY', 'SUPABASE_SECRET_KEY', 'CRON_SECRET'])
    expect(parse).toThrow(name);
});

test.each([
  ['PORT', '70000'],
  ['PORT', 'http'],
  ['DATABASE_URL', 'localhost:5432'],
  ['SUPABASE_URL', 'x.supabase.co'],
  ['NEXT_PUBLIC_SUPABASE_URL', 'ftp://x.supabase.co'],
  ['CRON_SECRET', 'with a blank'],
  ['SUPABASE_JWT_SECRET', 'tooshort'],
  ['HIREHOOK_SIGNUP', 'maybe'],
  ['HIREHOOK_ALLOW_PRIVATE_TARGETS', 'yes'],
  ['HIREHOOK_ENCRYPTION_KEY', 'c2hvcnQ='],
  ['SMTP_URL', 'mail.example.com'],
  ['LOG_LEVEL', 'loud'],
])('%s=%s is refused by its own name, and its value is not repeated', (name, value) => {
  expect(() => parseEnv({ [name]: value })).toThrow(
    new RegExp(`^The environment will not do:\\n {2}${name} \\(.+\\): `),
  );
  expect(() => parseEnv({ [name]: value })).not.toThrow(value);
});

test.each([
  ['1', true],
  ['true', true],
  ['0', false],
  ['false', false],
])('HIREHOOK_ALLOW_PRIVATE_TARGETS=%s', (value, meant) => {
  expect(parseEnv({ HIREHOOK_ALLOW_PRIVATE_TARGETS: value }).HIREHOOK_ALLOW_PRIVATE_TARGETS).toBe(meant);
});

test.each([
  'ab'.repeat(32),
  Buffer.alloc(32, 7).toString('base64'),
  Buffer.alloc(32, 7).toString('base64url'),
])('an encryption key of 32 bytes: %s', (key) => {
  expect(parseEnv({ HIREHOOK_ENCRYPTION_KEY: key }).HIREHOOK_ENCRYPTION_KEY).toBe(key);
});
