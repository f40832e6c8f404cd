import { afterEach } from 'vitest';
import {
  allowLoopback,
  createEgress,
  type Egress,
  type EgressOptions,
  type SendRequest,
} from '@/lib/webhooks/egress';
import { type Receiver, startReceiver } from '../../receiver';

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Closes what a test opened, after it. */
export function closeLater<T extends { close(): Promise<void> }>(opened: T): T {
  closing.push(() => opened.close());
  return opened;
}

export async function receiver(options?: Parameters<typeof startReceiver>[0]): Promise<Receiver> {
  return closeLater(await startReceiver(options));
}

export function egress(options: Partial<EgressOptions> = {}): Egress {
  return closeLater(createEgress({ policy: allowLoopback, ...options }));
}

/** A request as the engine makes it, with a deadline that suits a test. */
export function post(url: string, changes: Partial<SendRequest> = {}): SendRequest {
  return {
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"event":"test"}',
    timeouts: { connectMs: 2_000, totalMs: 5_000 },
    ...changes,
  };
}

export function within(totalMs: number, connectMs = totalMs): Pick<SendRequest, 'timeouts'> {
  return { timeouts: { connectMs, totalMs } };
}
