/** The code samples of a guide: one template a language, filled from the contract's data. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Contract } from '@/lib/contracts/contract';
import { ENCODED_KEY_PREFIX } from '@/lib/contracts/secret';

const TEMPLATES = path.resolve(import.meta.dirname, '../../../../docs/guides/template');

export const readTemplate = (name: string): string => readFileSync(path.join(TEMPLATES, name), 'utf8');

type SecretKind = 'encoded' | 'raw' | 'either';

/** Whether the key of the standard signature is what a secret encodes, or the secret itself. */
export function secretKind({ secret }: Contract): SecretKind {
  if (secret.custom) return 'either';
  return secret.prefix === ENCODED_KEY_PREFIX ? 'encoded' : 'raw';
}

interface Language {
  /** As a Markdown fence names it. */
  readonly fence: string;
  readonly title: string;
  readonly key: Readonly<Record<SecretKind, string>>;
  /** Puts the prefix of a signature before the digest. */
  readonly prefix: (text: string) => string;
}

const plus = (text: string) => `'${text}' + `;

export const LANGUAGES: Readonly<Record<'js' | 'py' | 'go' | 'php' | 'rb', Language>> = {
  js: {
    fence: 'js',
    title: 'Node',
    prefix: plus,
    key: {
      encoded: "Buffer.from(secret.slice('whsec_'.length), 'base64')",
      raw: 'secret',
      either: "secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : secret",
    },
  },
  py: {
    fence: 'python',
    title: 'Python',
    prefix: (text) => `"${text}" + `,
    key: {
      encoded: 'base64.b64decode(secret.removeprefix("whsec_"))',
      raw: 'secret.encode()',
      either: 'base64.b64decode(secret[6:]) if secret.startswith("whsec_") else secret.encode()',
    },
  },
  go: {
    fence: 'go',
    title: 'Go',
    prefix: (text) => `"${text}" + `,
    key: {
      encoded: `	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		return false
	}`,
      raw: '	key := []byte(secret)',
      either: `	key := []byte(secret)
	if encoded, ok := strings.CutPrefix(secret, "whsec_"); ok {
		if key, err = base64.StdEncoding.DecodeString(encoded); err != nil {
			return false
		}
	}`,
    },
  },
  php: {
    fence: 'php',
    title: 'PHP',
    prefix: (text) => `'${text}' . `,
    key: {
      encoded: "base64_decode(substr($secret, strlen('whsec_')))",
      raw: '$secret',
      either: "str_starts_with($secret, 'whsec_') ? base64_decode(substr($secret, 6)) : $secret",
    },
  },
  rb: {
    fence: 'ruby',
    title: 'Ruby',
    prefix: plus,
    key: {
      encoded: "secret.delete_prefix('whsec_').unpack1('m')",
      raw: 'secret',
      either: "secret.start_with?('whsec_') ? secret[6..].unpack1('m') : secret",
    },
  },
};

const LIBRARY: Record<SecretKind, string> = {
  encoded: 'new Webhook(secret)',
  raw: "new Webhook(secret, { format: 'raw' })",
  either: `secret.startsWith('whsec_')
    ? new Webhook(secret)
    : new Webhook(Buffer.from(secret), { format: 'raw' })`,
};

/** Fills `{{name}}`, and keeps or drops what stands between lines `{{#name}}` and `{{/name}}`. */
export function fill(
  template: string,
  values: Record<string, string>,
  kept: Record<string, boolean> = {},
): string {
  const chosen = template.replace(
    /^\{\{#(\w+)\}\}\n([\s\S]*?)^\{\{\/\1\}\}\n/gm,
    (_, name: string, inside: string) => (kept[name] ? inside : ''),
  );
  return chosen.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole);
}

const fenced = (info: string, code: string) => `\`\`\`${info}\n${code.trimEnd()}\n\`\`\``;

/** The verifying sample of a contract in one language, as a fenced block. */
export function verifyingSample(contract: Contract, language: keyof typeof LANGUAGES): string {
  const { fence, key, prefix } = LANGUAGES[language];
  const { signature } = contract;
  const values = {
    header: signature?.header ?? '',
    prefix: signature?.prefix ? prefix(signature.prefix) : '',
    key: key[secretKind(contract)],
  };
  return fenced(
    `${fence} verify`,
    fill(readTemplate(`verify.${language}.tmpl`), values, { own: signature !== null }),
  );
}

/** The sample with the library that Standard Webhooks has for Node. */
export function librarySample(contract: Contract): string {
  const values = { webhook: LIBRARY[secretKind(contract)] };
  return fenced('js library', fill(readTemplate('library.js.tmpl'), values));
}
