/** What `json.dumps(value, sort_keys=True, separators=…)` of a receiver in Python prints of a body that it parsed. */
export function pythonDumps(value: unknown, item: ', ' | ',', key: ': ' | ':'): string {
  if (typeof value === 'string') {
    return JSON.stringify(value).replaceAll(
      /[\u007f-\uffff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  }
  if (Array.isArray(value)) return `[${value.map((one) => pythonDumps(one, item, key)).join(item)}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, one]) => pythonDumps(name, item, key) + key + pythonDumps(one, item, key));
  return `{${members.join(item)}}`;
}
