import { setVariables } from './harness/change';
import { joinStream } from './harness/client';
import { theCluster } from './harness/cluster';
import { text } from './harness/dialects';
import { ownConnection } from './harness/own-connection';
import type { Pod } from './harness/pod';
import { poll } from './harness/poll';
import { administrator, ownPod } from './harness/replicas';
import { Upstream } from './harness/upstream';

const { manifests, certificates } = theCluster();
let upstream: Upstream;

beforeAll(async () => {
  upstream = await Upstream.start(certificates);
});

afterAll(() => upstream.stop());

/**
 * Several workers, as the article has them, share one socket, which their parent keeps open until the last of them is
 * done: late connections wait, and are refused at the end. A single worker, this project's default, refuses them at once.
 */
const rendered = manifests.deployment.spec.template.spec.containers[0].env.find(
  ({ name }) => name === 'NUM_WORKERS',
)?.value;

test.each([
  {
    workers: `${rendered} worker(s), as rendered`,
    late: rendered === '1' ? 'refused' : 'unanswered',
    pod: ownPod('leaving'),
  },
  {
    workers: 'one worker',
    late: 'refused',
    pod: ownPod('leaving-single', { manifests: setVariables(manifests, { NUM_WORKERS: '1' }) }),
  },
])('with $workers, a stream that is under way survives the end of its pod, which takes no new requests', async ({
  pod,
  late,
}) => {
  pod.start();
  await pod.ready();
  const release = upstream.holdStreams();
  const client = administrator(pod);
  const stream = client.stream('kimi-k2.6', 'Tell me a long story.');
  let events = '';
  while (!events.includes('Hello')) events += (await stream.next()).value;

  const ending = pod.stop();
  // Until the load balancer knows, requests still come; preStop is there to answer them.
  expect((await client.get('/health/liveliness')).status).toBe(200);
  expect(await poll('no more requests are answered', () => refusal(pod))).toBe(late);
  const tooLate = client.chat('kimi-k2.6', `Am I too late for ${late}?`).catch(() => 'no answer');
  expect(events).not.toContain('[DONE]');

  release();
  for await (const chunk of stream) events += chunk;
  expect(joinStream(events)).toBe(text);
  expect(events).toContain('[DONE]');
  expect(await ending).toEqual({ exitCode: 0, killed: false });
  expect(await tooLate).toBe('no answer');
  expect(upstream.mentioning('Am I too late')).toEqual([]);
});

/** How a new request fails, or undefined as long as it is answered, which it is until preStop is over. */
function refusal({ url }: Pod): Promise<string | undefined> {
  const signal = AbortSignal.timeout(5000);
  return fetch(`${url}/health/liveliness`, { signal, headers: ownConnection }).then(
    () => undefined,
    error => (error.cause?.code === 'ECONNREFUSED' ? 'refused' : 'unanswered'),
  );
}
