import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pod } from '../../e2e/harness/pod';
import type { Caller } from './caller';
import type { Contestant, Heat, Numbers } from './numbers';
import { cpuTime } from './processes';
import type { Provider } from './provider';
import { inTurn } from './rounds';

const ROUNDS = 7;
const REQUESTS = 200;
const AT_ONCE = 16;

/** Milliseconds for what LiteLLM does after it has answered, before the next one's turn. */
const REST = 1000;

/** A pod under load, and its client. */
interface Loaded {
  readonly pod: Pod;
  readonly caller: Caller;
}

/** As many requests as get through, each new, from a provider that answers at once. */
export function measureLoad(
  provider: Provider,
  contestants: Readonly<Record<Contestant, readonly Loaded[]>>,
): Promise<Numbers['load']> {
  provider.latency = 0;
  return inTurn(ROUNDS, async round => ({
    oneWorker: await heat(contestants.oneWorker, `one worker, ${round}`),
    redisUrl: await heat(contestants.redisUrl, `Redis by URL, ${round}`),
    fourWorkers: await heat(contestants.fourWorkers, `four workers, ${round}`),
    twoPods: await heat(contestants.twoPods, `two pods, ${round}`),
  }));
}

async function heat(pods: readonly Loaded[], topic: string): Promise<Heat> {
  const used = () => pods.reduce((sum, { pod }) => sum + cpuTime(pod), 0);
  const usedBefore = used();
  const started = performance.now();
  const times: number[] = [];
  let sent = 0;
  const client = async (index: number) => {
    // Pods share the clients evenly, as a Service does.
    const { caller } = pods[index % pods.length] as Loaded;
    while (sent < REQUESTS) times.push((await caller.ask(`${topic}: question ${sent++}`)).whole);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => client(index)));
  const requestsPerSecond = REQUESTS / ((performance.now() - started) / 1000);
  await sleep(REST);
  return { requestsPerSecond, cpuTime: (used() - usedBefore) / REQUESTS, times };
}
