/** A call of a function as a statement with its arguments written out, for what has to be sent as text. */
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

function literal(value: unknown): string {
  if (value === null) return 'null';
  const isList = Array.isArray(value) && value.every((one) => one === null || typeof one !== 'object');
  if (isList)
    return quoted(`{${value.map((one) => (one === null ? 'null' : JSON.stringify(one))).join(',')}}`);
  return quoted(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

/** `select public.<name>(…) as answer`; what is undefined has its default. */
export function statementOf(name: string, args: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(args).filter(([, value]) => value !== undefined);
  return `select public.${name}(${given.map(([argument, value]) => `${argument} => ${literal(value)}`).join(', ')}) as answer`;
}
