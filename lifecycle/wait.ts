import { setTimeout as sleep } from 'node:timers/promises';
import { NoAnswer } from './tool';

/** How long to wait, and how often to look. Tests hand in shorter ones. */
export interface Patience {
  readonly seconds: number;
  readonly every: number;
}

/**
 * Looks until it is there, for a bounded time.
 * @param look undefined as long as it is not
 * @returns undefined when the time is over
 */
export async function waitFor<T>(
  look: () => Promise<T | undefined>,
  { seconds, every }: Patience,
  interrupted: AbortSignal,
): Promise<T | undefined> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined || Date.now() >= deadline) return found;
    await sleep(every * 1000, undefined, { signal: interrupted }).catch(() => {
      throw new NoAnswer('interrupted', 'the wait was interrupted');
    });
  }
}
