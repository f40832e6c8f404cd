import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { verify } from '../../receiver';

const BODY = Buffer.from('{"name":"Zoë"}');
const SECRETS = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'wsk_live_of-the-callers-own'];

function signed(secret: string, body = BODY, at = new Date()) {
  const webhook = secret.startsWith('whsec_') ? new Webhook(secret) : new Webhook(secret, { format: 'raw' });
  return {
    'Webhook-Id': 'msg_1',
    'Webhook-Timestamp': String(Math.floor(at.getTime() / 1000)),
    'Webhook-Signature': webhook.sign('msg_1', at, body.toString()),
  };
}

describe('the receiver checks signatures', () => {
  it('by hand, on the example that Svix publishes', () => {
    const headers = {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature':
        'v1,bm9ldHUjKzFob2VudXRob2VodWUzMjRvdWVvdW9ldQo= v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    };
    const body = Buffer.from('{"test": 2432232314}');
    const [secret = ''] = SECRETS;
    expect(verify.verifyStandard(headers, body, secret, 1_614_265_330_000)).toBe(true);
    expect(verify.verifyStandard(headers, body, secret, 1_614_265_330_000 + 6 * 60_000)).toBe(false);
    expect(
      verify.verifyStandard(headers, Buffer.from('{"test":2432232314}'), secret, 1_614_265_330_000),
    ).toBe(false);
  });

  it('in hex, on a vector of RFC 4231', () => {
    const digest = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
    const body = Buffer.from('what do ya want for nothing?');
    const plain = verify.verifyHex({ header: 'X-Webhook-Signature', prefix: '' });
    const prefixed = verify.verifyHex({ header: 'X-Webhook-Signature', prefix: 'sha256=' });
    expect(plain({ 'x-webhook-signature': digest }, body, 'Jefe')).toBe(true);
    expect(prefixed({ 'X-Webhook-Signature': `sha256=${digest}` }, body, 'Jefe')).toBe(true);
    expect(prefixed({ 'X-Webhook-Signature': digest }, body, 'Jefe')).toBe(false);
    expect(plain({ 'x-webhook-signature': digest }, body, 'jefe')).toBe(false);
    expect(plain({}, body, 'Jefe')).toBe(false);
  });

  const checks = [
    ['by hand', verify.verifyStandard],
    ['with standardwebhooks', verify.verifyWithStandardWebhooks],
    ['with svix', verify.verifyWithSvix],
  ] as const;

  it.each(checks)('%s: right ones pass, wrong ones do not', (_, check) => {
    for (const secret of SECRETS) {
      expect(check(signed(secret), BODY, secret)).toBe(true);
      expect(check(signed(secret), Buffer.from('{"name":"Zoé"}'), secret)).toBe(false);
      expect(check(signed(secret), BODY, `${secret.slice(0, -2)}AA`)).toBe(false);
      expect(check({ ...signed(secret), 'Webhook-Id': 'msg_2' }, BODY, secret)).toBe(false);
      expect(check(signed(secret, BODY, new Date(Date.now() - 600_000)), BODY, secret)).toBe(false);
      expect(check({}, BODY, secret)).toBe(false);
    }
  });
});
