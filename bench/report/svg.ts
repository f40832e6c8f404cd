/** Charts as plain SVG: readable on white and on dark, no script, no fonts of their own. */
const WIDTH = 760;
const LEFT = 250;
const ROW = 26;
const INK = '#64748b';
const COLOURS = [
  '#2563eb',
  '#d97706',
  '#059669',
  '#dc2626',
  '#7c3aed',
  '#0891b2',
  '#be185d',
  '#65a30d',
  '#475569',
  '#ea580c',
  '#0d9488',
];

/** One bar: its value and, as a thin line, the range over the runs. */
export interface Bar {
  label: string;
  value: number;
  min: number;
  max: number;
}
/** One line of a chart: points by x. */
export interface Line {
  label: string;
  points: readonly { x: number; y: number }[];
}

const escapeText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const number = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));

function frame(title: string, height: number, body: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="12" fill="${INK}" role="img" aria-label="${escapeText(title)}">`,
    `<text x="8" y="20" font-size="14" font-weight="600">${escapeText(title)}</text>`,
    ...body,
    '</svg>',
    '',
  ].join('\n');
}

/** Horizontal bars from zero, in the order given; the first is highlighted. */
export function barChart(title: string, bars: readonly Bar[]): string {
  const most = Math.max(...bars.map(({ max }) => max), Number.MIN_VALUE);
  const scale = (value: number) => ((WIDTH - LEFT - 90) * value) / most;
  const rows = bars.flatMap(({ label, value, min, max }, at) => {
    const y = 36 + at * ROW;
    const middle = y + ROW / 2 - 3;
    return [
      `<text x="${LEFT - 8}" y="${middle + 4}" text-anchor="end">${escapeText(label)}</text>`,
      `<rect x="${LEFT}" y="${y}" width="${scale(value).toFixed(1)}" height="${ROW - 8}" rx="3" fill="${at === 0 ? COLOURS[0] : '#94a3b8'}"/>`,
      `<path d="M${(LEFT + scale(min)).toFixed(1)} ${middle + 2}H${(LEFT + scale(max)).toFixed(1)}" stroke="${INK}" stroke-width="1.5"/>`,
      `<text x="${(LEFT + scale(max) + 6).toFixed(1)}" y="${middle + 4}">${number(value)}</text>`,
    ];
  });
  return frame(title, 44 + bars.length * ROW, rows);
}

const decades = (low: number, high: number): number[] => {
  const ticks: number[] = [];
  for (let tick = 10 ** Math.floor(Math.log10(low)); tick <= high * 1.0001; tick *= 10)
    if (tick >= low * 0.9999) ticks.push(tick);
  return ticks;
};

/** Lines on logarithmic axes, with a legend. */
export function lineChart(title: string, xLabel: string, yLabel: string, lines: readonly Line[]): string {
  const all = lines.flatMap(({ points }) => points).filter(({ y }) => y > 0);
  const [top, height, right] = [44, 280, 220];
  const [lowX, highX] = [Math.min(...all.map(({ x }) => x)), Math.max(...all.map(({ x }) => x))];
  const lowY = 10 ** Math.floor(Math.log10(Math.min(...all.map(({ y }) => y))));
  const highY = 10 ** Math.ceil(Math.log10(Math.max(...all.map(({ y }) => y))));
  const part = (value: number, low: number, high: number) =>
    high === low ? 0.5 : (Math.log10(value) - Math.log10(low)) / (Math.log10(high) - Math.log10(low));
  const x = (value: number) => 56 + part(value, lowX, highX) * (WIDTH - right - 70);
  const y = (value: number) => top + height - part(value, lowY, highY) * height;
  const grid = [
    ...decades(lowY, highY).map(
      (tick) =>
        `<path d="M56 ${y(tick).toFixed(1)}H${WIDTH - right - 14}" stroke="#cbd5e1" stroke-width="0.5"/><text x="50" y="${(y(tick) + 4).toFixed(1)}" text-anchor="end">${tick >= 1 ? tick : Number(tick.toPrecision(1))}</text>`,
    ),
    ...decades(lowX, highX).map(
      (tick) =>
        `<text x="${x(tick).toFixed(1)}" y="${top + height + 18}" text-anchor="middle">10^${Math.round(Math.log10(tick))}</text>`,
    ),
    `<text x="8" y="36">${escapeText(yLabel)}</text>`,
    `<text x="${(WIDTH - right) / 2}" y="${top + height + 36}" text-anchor="middle">${escapeText(xLabel)}</text>`,
  ];
  const drawn = lines.flatMap(({ label, points }, at) => {
    const colour = COLOURS[at % COLOURS.length];
    const seen = points.filter((point) => point.y > 0);
    const path = seen
      .map((point, index) => `${index === 0 ? 'M' : 'L'}${x(point.x).toFixed(1)} ${y(point.y).toFixed(1)}`)
      .join('');
    return [
      `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`,
      ...seen.map(
        (point) =>
          `<circle cx="${x(point.x).toFixed(1)}" cy="${y(point.y).toFixed(1)}" r="3" fill="${colour}"/>`,
      ),
      `<rect x="${WIDTH - right}" y="${top + at * 20}" width="10" height="10" rx="2" fill="${colour}"/>`,
      `<text x="${WIDTH - right + 16}" y="${top + at * 20 + 9}">${escapeText(label)}</text>`,
    ];
  });
  return frame(title, top + height + 48, [...grid, ...drawn]);
}
