import { describe, expect, it } from 'vitest';
import { allowLoopback, allowPrivate, publicOnly } from './address';
import { checkUrl } from './check-url';

const hosted = { policy: publicOnly, allowHttp: false };
const embedded = { policy: allowLoopback, allowHttp: true };
const onPremises = { policy: allowPrivate, allowHttp: true };

const long = (length: number) => `https://example.com/${'a'.repeat(length - 'https://example.com/'.length)}`;

describe('checkUrl', () => {
  it.each([
    'https://example.com',
    'https://example.com/hooks/1?token=a%20b#part',
    'HTTPS://EXAMPLE.COM/',
    'https://example.com:8443/',
    'https://8.8.8.8/hook',
    'https://[2606:4700:4700::1111]/hook',
    'https://münchen.example/',
    'https://localhost.example.com/',
    'https://notlocalhost/',
    long(2048),
  ])('accepts %s', (url) => {
    expect(checkUrl(url, hosted)).toEqual({ ok: true });
  });

  it.each([
    ['', /absolute/],
    ['example.com/hook', /absolute/],
    ['/hook', /absolute/],
    ['//example.com/hook', /absolute/],
    ['https:example.com', /absolute/],
    ['https:/example.com', /absolute/],
    ['https://', /absolute/],
    ['https:///hook', /absolute/],
    ['https://exa mple.com/', /spaces/],
    [' https://example.com/', /spaces/],
    ['https://example.com/\n', /spaces/],
    ['https://example.com\t/', /spaces/],
    ['https:\\\\example.com', /backslashes/],
    ['https://example.com:99999/', /absolute/],
    ['ftp://example.com/', /absolute/],
    ['file:///etc/passwd', /absolute/],
    ['javascript:alert(1)', /absolute/],
    ['http://example.com/', /https:\/\//],
    ['https://user@example.com/', /user name/],
    ['https://user:password@example.com/', /user name/],
    ['https://:password@example.com/', /user name/],
    ['https://example.com:0/', /port 0/],
    [long(2049), /2048/],
  ])('refuses %j', (url, reason) => {
    const verdict = checkUrl(url, hosted);
    expect(verdict).toEqual({ ok: false, reason: expect.stringMatching(reason) });
    expect(verdict.ok ? '' : verdict.reason).toMatch(/^[A-Z].*\.$/);
  });

  const thisMachine = [
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '0x7f.1',
    '0x7f000001',
    '0X7F.0x0.0x0.0x1',
    '2130706433',
    '0177.0.0.1',
    '017700000001',
    '127.0.0.1.',
    '①②⑦.⓪.⓪.①',
    '127。0。0。1',
    '%31%32%37.0.0.1',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::127.0.0.1]',
    '[2002:7f00:1::]',
    'localhost',
    'LOCALHOST',
    'localhost.',
    'app.localhost',
    'a.b.localhost.',
    'ｌｏｃａｌｈｏｓｔ',
  ];

  it.each(thisMachine)('knows %s for this machine', (host) => {
    expect(checkUrl(`https://${host}/`, hosted)).toMatchObject({ ok: false });
    expect(checkUrl(`http://${host}:3000/`, embedded)).toEqual({ ok: true });
    expect(checkUrl(`http://${host}:3000/`, onPremises)).toEqual({ ok: true });
  });

  it.each(['10.0.0.1', '192.168.1', '0xa.1', '3232235777', '[fd12::1]', '[::ffff:10.0.0.1]'])(
    'knows %s for a private network',
    (host) => {
      expect(checkUrl(`https://${host}/`, hosted)).toMatchObject({ ok: false });
      expect(checkUrl(`http://${host}/`, embedded)).toMatchObject({ ok: false });
      expect(checkUrl(`http://${host}/`, onPremises)).toEqual({ ok: true });
    },
  );

  it.each([
    '169.254.169.254',
    '0xa9fea9fe',
    '2852039166',
    '[::ffff:169.254.169.254]',
    '0.0.0.0',
    '0',
    '168.63.129.16',
    '[fd00:ec2::254]',
    '[fe80::1]',
  ])('refuses %s under every policy', (host) => {
    for (const rules of [hosted, embedded, onPremises]) {
      expect(checkUrl(`https://${host}/latest/meta-data`, rules)).toMatchObject({ ok: false });
    }
  });
});
