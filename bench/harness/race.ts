import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';

/** A command to time. */
export interface Contestant {
  readonly name: string;
  readonly command: readonly [program: string, ...args: string[]];
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Makes ready for each run; takes no time. */
  readonly before?: () => void;
}

/** Milliseconds of every run, by the name of the contestant. */
type Samples = Readonly<Record<string, readonly number[]>>;

/**
 * Runs commands in turn, so that whatever else the machine does meets all of them alike. The first round fills caches
 * and does not count.
 * @throws Error with what a command said, if it fails
 */
export function race(contestants: readonly Contestant[], rounds: number): Samples {
  const samples: Record<string, number[]> = Object.fromEntries(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const contestant of contestants) {
      contestant.before?.();
      const started = performance.now();
      run(contestant);
      if (round > 0) samples[contestant.name]?.push(performance.now() - started);
    }
  }
  return samples;
}

/** Largest resident set of a command or one of its children, in MB. */
export function peakMemory(contestant: Contestant): number {
  contestant.before?.();
  const stderr = run({ ...contestant, command: ['/usr/bin/time', '-f', '%M', ...contestant.command] });
  return Number(stderr.trim().split('\n').at(-1)) / 1024;
}

function run({ command: [program, ...args], cwd, env }: Contestant): string {
  const { error, status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    // Node reads these certificates at every start, which is no work of anybody's here.
    env: { ...process.env, NODE_EXTRA_CA_CERTS: undefined, ...env },
  });
  if (error) throw new Error(`${program} cannot be run (${error.message}); apt-get install time`);
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}\n${stdout}${stderr}`);
  return stderr;
}

export function median(samples: readonly number[] = []): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}

/** The value that so many percent of the samples do not exceed. */
export function percentile(samples: readonly number[], percent: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? Number.NaN;
}

/** Which contestant is compared with which. */
interface Comparison {
  readonly what: string;
  /** Several are run one after the other. */
  readonly against: readonly string[];
  /** The ratio that it should keep, if somebody set one. */
  readonly target?: number;
}

export const COMPARISON = ['what', 'median', 'against', 'median', 'ratio', 'target'];

/** One row of a table of comparisons. */
export function compare(samples: Samples, { what, against, target }: Comparison): string[] {
  const mine = median(samples[what]);
  const theirs = against.reduce((sum, name) => sum + median(samples[name]), 0);
  const limit = target === undefined ? '' : `≤ ${target}`;
  return [what, seconds(mine), against.join(' and '), seconds(theirs), ratio(mine, theirs), limit];
}

export function seconds(milliseconds = Number.NaN): string {
  return `${(milliseconds / 1000).toFixed(milliseconds < 1000 ? 3 : 2)} s`;
}

export function ratio(mine = Number.NaN, theirs = Number.NaN): string {
  return (mine / theirs).toPrecision(3);
}
