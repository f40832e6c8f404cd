import path from 'node:path';
import { expect, test } from 'vitest';
import { CONTRACT_NAMES } from '@/lib/contracts/contract';
import { guide } from './generate/guide';

const GUIDES = path.resolve(import.meta.dirname, '../../../docs/guides');

test.each(CONTRACT_NAMES)('the guide of %s is what its template and the contract make', async (name) => {
  const text = guide(name);
  expect(text).not.toMatch(/\{\{|undefined/);
  await expect(text).toMatchFileSnapshot(path.join(GUIDES, `${name}.md`));
});
