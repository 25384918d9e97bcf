import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks until the answer is there: a bounded wait, whose length says nothing about the outcome.
 * @param what what is waited for, for the error
 * @param attempt returns undefined (or throws) as long as it is not there
 */
export async function poll<T>(
  what: string,
  attempt: () => Promise<T | undefined> | T | undefined,
  { seconds = 60, every = 0.25 } = {},
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  let last: unknown;
  while (Date.now() < deadline) {
    try {
      const value = await attempt();
      if (value !== undefined) return value;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await sleep(every * 1000);
  }
  throw new Error(`${what}: not within ${seconds} s`, { cause: last });
}
