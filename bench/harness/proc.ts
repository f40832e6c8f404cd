import { readdirSync, readFileSync } from 'node:fs';
import { sleep } from './clock.ts';

const TICKS_PER_SECOND = 100;

interface Stat {
  parent: number;
  cpuTicks: number;
}

function readStat(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [parent = 0, ticks] = [fields[1], fields.slice(11, 15)];
    return { parent, cpuTicks: ticks.reduce((sum, tick) => sum + tick, 0) };
  } catch {
    return undefined;
  }
}

/** The processes `roots` and everything that descends from them, by the kernel's process table. */
function trees(roots: readonly number[]): Map<number, Stat> {
  const all = new Map<number, Stat>();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? readStat(Number(name)) : undefined;
    if (stat) all.set(Number(name), stat);
  }
  const member = (pid: number): boolean => {
    if (roots.includes(pid)) return true;
    const parent = all.get(pid)?.parent ?? 0;
    return parent > 1 && member(parent);
  };
  return new Map([...all].filter(([pid]) => member(pid)));
}

/**
 * CPU seconds (user and system) that the process trees below `roots` have taken, children that already
 * ended included. Resolution: 10 ms a process. Linux only.
 */
export function cpuSeconds(roots: readonly number[]): number {
  let ticks = 0;
  for (const stat of trees(roots).values()) ticks += stat.cpuTicks;
  return ticks / TICKS_PER_SECOND;
}

/** Proportional memory in bytes of the trees below `roots`: shared pages are counted once. Linux only. */
function memoryBytes(roots: readonly number[]): number {
  let kilobytes = 0;
  for (const pid of trees(roots).keys()) {
    try {
      const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1');
      kilobytes += Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0);
    } catch {
      // The process ended between the listing and the reading.
    }
  }
  return kilobytes * 1024;
}

/** Samples the memory of the trees below `roots` every 500 ms until stopped; answers the peak in bytes. */
export function watchMemory(roots: readonly number[]): () => number {
  let peak = memoryBytes(roots);
  let running = true;
  void (async () => {
    while (running) {
      await sleep(500);
      if (running) peak = Math.max(peak, memoryBytes(roots));
    }
  })();
  return () => {
    running = false;
    return Math.max(peak, memoryBytes(roots));
  };
}
