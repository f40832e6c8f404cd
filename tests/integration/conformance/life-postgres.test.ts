import { describe, test } from 'vitest';
import { allPromised } from './contracts';
import { live } from './life';
import { world } from './world';

const here = world({ postgres: true });

describe.each(allPromised.map((promised) => [promised.contract, promised] as const))('%s', (_, promised) => {
  test('a webhook lives its whole life over HTTP, on PostgreSQL', () => live(here, promised));
});
