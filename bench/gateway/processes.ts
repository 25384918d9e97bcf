import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Pod } from '../../e2e/harness/pod';

/** Milliseconds of a tick of /proc, the same on every Linux that Node runs on. */
const TICK = 10;

/** Milliseconds that all processes of a pod have worked. */
export function cpuTime(pod: Pod): number {
  const ticks = processesOf(pod).map(pid => {
    // After the program's name, which may hold spaces: user and system time, and those of children that ended.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return sum(fields.slice(11, 15).map(Number));
  });
  return sum(ticks) * TICK;
}

/**
 * MB of memory that a pod's Python processes hold, what several of them share counted once. Without Prisma's query
 * engine, which here is another than in the image.
 */
export function pythonMemory(pod: Pod): number {
  const python = processesOf(pod).filter(pid => /\/python[\d.]*$/.test(readlinkSync(`/proc/${pid}/exe`)));
  const kilobytes = python.map(pid =>
    Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]),
  );
  return sum(kilobytes) / 1024;
}

/** Every process in the pod's namespace, by the number that it has outside. */
function processesOf(pod: Pod): string[] {
  const namespaceOf = (pid: number | string) => readlinkSync(`/proc/${pid}/ns/pid`);
  const namespace = namespaceOf(pod.pid);
  return readdirSync('/proc').filter(name => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return namespaceOf(name) === namespace;
    } catch {
      // It has ended since.
      return false;
    }
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
