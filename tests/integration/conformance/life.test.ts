import { describe, test } from 'vitest';
import { allPromised } from './contracts';
import { live } from './life';
import { world } from './world';

const here = world();

describe.each(allPromised.map((promised) => [promised.contract, promised] as const))('%s', (_, promised) => {
  test('a webhook lives its whole life over HTTP', () => live(here, promised));
});
