import { untilCached } from './harness/cached-responses';
import { joinStream } from './harness/client';
import { theCluster } from './harness/cluster';
import { text } from './harness/dialects';
import { administrator, replica } from './harness/replicas';
import { Upstream } from './harness/upstream';

const a = administrator(replica('replica-a'));
const b = administrator(replica('replica-b'));
let upstream: Upstream;

beforeAll(async () => {
  upstream = await Upstream.start(theCluster().certificates);
});

afterAll(() => upstream.stop());

test('an answer that one replica got is served by the other from Redis', async () => {
  const prompt = 'Which colours mix to turquoise?';
  const first = await untilCached(() => a.chat('glm-5.1', prompt));
  const second = await b.chat('glm-5.1', prompt);
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(second.body.id).toBe(first.body.id);
  expect(second.headers.get('x-litellm-cache-key')).toBeTruthy();
  expect(upstream.mentioning(prompt)).toHaveLength(1);
});

test('a stream that one replica passed on is streamed by the other from Redis', async () => {
  const prompt = 'Sing of turquoise.';
  await untilCached(() => collect(a.stream('qwen3.7-plus', prompt)));
  expect(joinStream(await collect(b.stream('qwen3.7-plus', prompt)))).toBe(text);
  expect(upstream.mentioning(prompt)).toHaveLength(1);
});

test('a client that wants a new answer gets one', async () => {
  const prompt = 'What is new?';
  await untilCached(() => a.chat('glm-5.1', prompt));
  await b.chat('glm-5.1', prompt, { cache: { 'no-cache': true } });
  expect(upstream.mentioning(prompt)).toHaveLength(2);
});

test('the gateway reports its Redis as healthy', async () => {
  const { status, body } = await a.get('/cache/ping');
  expect({ status, health: body.status, type: body.cache_type }).toEqual({
    status: 200,
    health: 'healthy',
    type: 'redis',
  });
});

async function collect(stream: AsyncIterable<string>): Promise<string> {
  let all = '';
  for await (const chunk of stream) all += chunk;
  return all;
}
