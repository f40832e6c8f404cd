import { readFileSync } from 'node:fs';
import path from 'node:path';

interface Block {
  readonly language: string;
  /** What stands after the language on the opening fence. */
  readonly info: string;
  readonly code: string;
}

const FENCED = /^```(\S+)(?: ([^\n]*))?\n([\s\S]*?)^```$/gm;

/** The fenced blocks of a page that name their language, in order. `file` is relative to the repository. */
export function blocksOf(file: string): Block[] {
  const text = readFileSync(path.resolve(import.meta.dirname, '../../..', file), 'utf8');
  return [...text.matchAll(FENCED)].map(([, language = '', info = '', code = '']) => ({
    language,
    info,
    code,
  }));
}

/** The one block of a page with this language and info. Throws when there is none, or more. */
export function blockOf(file: string, language: string, info: string): string {
  const found = blocksOf(file).filter((block) => block.language === language && block.info === info);
  const [block] = found;
  if (!block || found.length > 1)
    throw new Error(`${file} has ${found.length} blocks \`${language} ${info}\``);
  return block.code;
}
