import { Client } from './harness/client';
import { theCluster } from './harness/cluster';
import { poll } from './harness/poll';
import { administrator, replica } from './harness/replicas';
import { Upstream } from './harness/upstream';

const pods = { a: replica('replica-a'), b: replica('replica-b') };
const a = administrator(pods.a);
let upstream: Upstream;

beforeAll(async () => {
  upstream = await Upstream.start(theCluster().certificates);
});

afterAll(() => upstream.stop());

test.each(Object.entries(pods))('replica %s reports PostgreSQL as connected', async (_, pod) => {
  const { status, body } = await administrator(pod).get('/health/readiness');
  expect({ status, health: body.status, db: body.db }).toEqual({
    status: 200,
    health: 'healthy',
    db: 'connected',
  });
});

test('a key that one replica made opens its models on the other, and no others', async () => {
  const { status, body } = await a.post('/key/generate', { models: ['glm-5.1'], max_budget: 1 });
  expect(status).toBe(200);
  const client = new Client(pods.b, body.key);
  expect((await client.chat('glm-5.1', 'May I?')).status).toBe(200);
  const refused = await client.chat('glm-5', 'And this?');
  expect({ status: refused.status, type: refused.body.error.type }).toEqual({
    status: 403,
    type: 'key_model_access_denied',
  });
  expect(upstream.mentioning('And this?')).toEqual([]);
});

test('a deleted key opens nothing any more', async () => {
  const { body } = await a.post('/key/generate', {});
  expect((await a.post('/key/delete', { keys: [body.key] })).body.deleted_keys).toEqual([body.key]);
  expect((await new Client(pods.a, body.key).get('/v1/models')).status).toBe(401);
});

test.each([
  ['no key', ''],
  ['a key that nobody made', 'sk-nobody'],
])('%s opens nothing', async (_, key) => {
  const { status } = await new Client(pods.b, key).chat('glm-5.1', 'Let me in!');
  expect(status).toBe(401);
  expect(upstream.mentioning('Let me in!')).toEqual([]);
});

test('what was asked is on the bill, once the batch is written', async () => {
  const prompt = `What does ${performance.now()} cost?`;
  const { body } = await a.chat('azure-gpt-4o', prompt);
  const [row] = await poll(
    'the spend is stored',
    async () => {
      const logs = await a.get(`/spend/logs?request_id=${body.id}`);
      return logs.body.length > 0 ? (logs.body as { model_group: string; spend: number }[]) : undefined;
    },
    // proxy_batch_write_at: 60
    { seconds: 150, every: 2 },
  );
  expect(row).toMatchObject({ model_group: 'azure-gpt-4o' });
  expect(row?.spend).toBeGreaterThan(0);
});
