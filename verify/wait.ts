import { setTimeout as sleep } from 'node:timers/promises';

export interface WaitProps {
  readonly seconds: number;
  /** Between two attempts. */
  readonly every: number;
  readonly signal: AbortSignal;
}

/**
 * Tries until there is something, for a bounded time.
 * Unlike the wait of lifecycle/, it forgives no error: what a gateway answers badly even once is a finding.
 * @returns undefined when the time is over
 * @throws the signal's reason when it is aborted
 */
export async function waitFor<T>(
  attempt: (elapsed: number) => Promise<T | undefined>,
  { seconds, every, signal }: WaitProps,
): Promise<T | undefined> {
  const started = performance.now();
  for (;;) {
    const elapsed = (performance.now() - started) / 1000;
    const value = await attempt(elapsed);
    if (value !== undefined || elapsed > seconds) return value;
    await sleep(every * 1000, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}
