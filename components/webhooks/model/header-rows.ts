export interface HeaderRow {
  id: number;
  name: string;
  value: string;
}

const namePattern = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** What is wrong with each row, by row id; rows left wholly empty are fine. */
export function headerProblems(rows: readonly HeaderRow[]): Record<number, string> {
  const problems: Record<number, string> = {};
  const seen = new Set<string>();
  for (const { id, name, value } of rows) {
    if (name === '' && value === '') continue;
    const key = name.trim().toLowerCase();
    if (!namePattern.test(name.trim())) problems[id] = 'A header name has letters, digits and dashes only.';
    else if (value.trim() === '') problems[id] = 'Give this header a value.';
    else if (seen.has(key)) problems[id] = 'This header is there twice.';
    seen.add(key);
  }
  return problems;
}

/** The rows as the API takes them, without the empty ones. */
export function headersOf(rows: readonly HeaderRow[]): Record<string, string> {
  return Object.fromEntries(
    rows.filter((row) => row.name.trim() !== '').map((row) => [row.name.trim(), row.value.trim()]),
  );
}
