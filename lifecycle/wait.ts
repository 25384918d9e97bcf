import { setTimeout as sleep } from 'node:timers/promises';
import { NoAnswer } from './tool';

/** How long to wait, and how often to look. Tests hand in shorter ones. */
export interface Patience {
  readonly seconds: number;
  readonly every: number;
}

/** Looks that may fail in a row: a network has its moments, and a wait of minutes meets one. */
const TOLERATED_FAILURES = 2;

/**
 * Looks until it is there, for a bounded time; verify's own wait is for answers that may not fail even once.
 * @param look undefined as long as it is not
 * @returns undefined when the time is over
 * @throws what look throws, if it does so again and again
 */
export async function waitFor<T>(
  look: () => Promise<T | undefined>,
  { seconds, every }: Patience,
  interrupted: AbortSignal,
): Promise<T | undefined> {
  const deadline = Date.now() + seconds * 1000;
  let failures = 0;
  for (;;) {
    try {
      const found = await look();
      if (found !== undefined || Date.now() >= deadline) return found;
      failures = 0;
    } catch (error) {
      failures += 1;
      if (interrupted.aborted || failures > TOLERATED_FAILURES || Date.now() >= deadline) throw error;
    }
    await sleep(every * 1000, undefined, { signal: interrupted }).catch(() => {
      throw new NoAnswer('interrupted', 'the wait was interrupted');
    });
  }
}
