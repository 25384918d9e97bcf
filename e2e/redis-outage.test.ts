import { setTimeout as sleep } from 'node:timers/promises';
import { ports } from '../config/endpoints';
import { redisPassword } from '../config/secrets';
import { REDIS_FAILED } from '../constructs/log-alerts';
import { untilCached } from './harness/cached-responses';
import { theCluster } from './harness/cluster';
import { silence } from './harness/network';
import { poll } from './harness/poll';
import { requirePassword, startRedis, stopRedis } from './harness/redis';
import { administrator, replica } from './harness/replicas';
import { secretOf } from './harness/secrets-store';
import { Upstream } from './harness/upstream';

const pods = [replica('replica-a'), replica('replica-b')];
const clients = pods.map(administrator);
const [a, b] = clients as [(typeof clients)[number], (typeof clients)[number]];
let upstream: Upstream;

beforeAll(async () => {
  upstream = await Upstream.start(theCluster().certificates);
});

afterAll(() => upstream.stop());

test('a Redis that falls silent without closing a connection takes no pod with it', async () => {
  const end = silence(ports.redis);
  try {
    // Past the 45 s after which TCP's keepalive gives up a connection on which nothing was said.
    await sleep(60_000);
    for (const pod of pods) expect(await pod.healthy()).toEqual({ ready: true, alive: true });
  } finally {
    end();
  }
});

test('requests succeed while Redis is away in the middle of load, and are cached again when it is back', async () => {
  const { certificates, vault } = theCluster();
  const load = new Load();
  await load.answers(20);
  await stopRedis();
  await load.answers(40);
  for (const pod of pods) expect(await pod.healthy()).toEqual({ ready: true, alive: true });
  await startRedis(certificates, requirePassword(secretOf(vault, redisPassword)));
  await load.answers(20);
  expect(await load.end()).toEqual(new Set([200]));
  // Whoever is called for it is called by these words.
  for (const pod of pods) expect(pod.log).toContain(REDIS_FAILED);

  // LiteLLM leaves a Redis that failed alone for a minute.
  const resumed = async () => {
    const prompt = `Are you back at ${performance.now()}?`;
    await untilCached(() => a.chat('glm-5.1', prompt), 3);
    await b.chat('glm-5.1', prompt);
    return upstream.mentioning(prompt).length === 1 || undefined;
  };
  await poll('caching resumes', resumed, { seconds: 180, every: 2 });
});

/** Asks both replicas new questions all the time, four at once. */
class Load {
  private readonly statuses: number[] = [];
  private running = true;
  private readonly askers = [0, 1, 2, 3].map(index => this.ask(index));

  /** Waits for so many more answers. */
  async answers(count: number): Promise<void> {
    const goal = this.statuses.length + count;
    await poll(`${count} more answers`, () => this.statuses.length >= goal || undefined);
  }

  /** Stops asking, and returns what was answered. */
  async end(): Promise<Set<number>> {
    this.running = false;
    await Promise.all(this.askers);
    return new Set(this.statuses);
  }

  private async ask(index: number): Promise<void> {
    for (let count = 0; this.running; count++) {
      const client = clients[count % clients.length] ?? a;
      const { status } = await client.chat('deepseek-v4-pro', `Question ${index}.${count} of the load`);
      this.statuses.push(status);
    }
  }
}
