import { environmentFiles, environmentOf } from '../__tests__/helpers/environment';
import { withValue } from '../__tests__/helpers/objects';
import { unknownOutputs } from '../contract/outputs';
import { workload } from '../contract/workload';
import { setVariables } from './harness/change';
import { Client } from './harness/client';
import { theCluster } from './harness/cluster';
import { text } from './harness/dialects';
import { type KubernetesObject, manifestsOf } from './harness/manifests';
import { poll } from './harness/poll';
import { askPostgres } from './harness/postgres';
import { render } from './harness/rendered';
import { administrator, ownPod } from './harness/replicas';
import { type Recorded, Upstream } from './harness/upstream';

/**
 * The article's gateway with what the article lacks: fallbacks, prices, a short timeout, and a log that is cleaned, every
 * minute here. Without pauses: a model that fails is asked on.
 */
const file = [
  ['catalogue.aliases', { 'azure-lenient': 'azure-gpt-4o' }],
  ['catalogue.fallbacks', { 'azure-gpt-4o': ['glm-5.1'] }],
  ['catalogue.contentPolicyFallbacks', { 'azure-lenient': ['glm-5.1'] }],
  ['gateway.routing', { allowedFails: 100 }],
  ['gateway.requestTimeoutSeconds', 10],
  ['gateway.database', { spendLogRetentionDays: 90 }],
  ['gateway.settings', { general_settings: { maximum_spend_logs_cleanup_cron: '* * * * *' } }],
  ['catalogue.providers.openCodeGo.models.0', { name: 'glm-5.1', inputPrice: 1.4, outputPrice: 4.4 }],
  ['azureOpenAi.deployments.0.inputPrice', 100],
  ['azureOpenAi.deployments.0.outputPrice', 200],
].reduce<unknown>(
  (given, [path, value]) => withValue(given, path as string, value),
  environmentFiles().get('article'),
);
const { objects } = render(environmentOf(file, 'article'), unknownOutputs, 'given');
const manifests = setVariables(manifestsOf(objects as KubernetesObject[]), { NUM_WORKERS: '1' });
const pod = ownPod('given-settings', { manifests });
const client = administrator(pod);
let upstream: Upstream;

beforeAll(async () => {
  upstream = await Upstream.start(theCluster().certificates);
  pod.start();
  await pod.ready();
});

afterAll(async () => {
  await pod.stop();
  await upstream.stop();
});

/** What Azure OpenAI's content filter answers. */
const refusal = {
  status: 400,
  body: {
    error: {
      message:
        "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
      type: null,
      param: 'prompt',
      code: 'content_filter',
      status: 400,
      innererror: { code: 'ResponsibleAIPolicyViolation' },
    },
  },
};
const outage = { status: 500, body: { error: { message: 'out of order', code: 'InternalServerError' } } };

const atAzure = (prompt: string) => (request: Recorded) =>
  request.host.endsWith('.openai.azure.com') && JSON.stringify(request.body).includes(prompt);
const askedOf = (prompt: string) =>
  upstream.mentioning(prompt).map(({ host }) => (host.endsWith('.azure.com') ? 'azure' : host));

test('an outage is tried twice more, then answered by the fallback', async () => {
  const prompt = 'Anybody there?';
  upstream.fail(atAzure(prompt), outage);
  const { status, body } = await client.chat('azure-gpt-4o', prompt);
  expect({ status, content: body.choices?.[0].message.content }).toEqual({ status: 200, content: text });
  expect(askedOf(prompt)).toEqual(['azure', 'azure', 'azure', 'opencode.ai']);
});

test('what the content filter refused goes nowhere else', async () => {
  const prompt = 'What nobody may ask';
  upstream.fail(atAzure(prompt), refusal);
  const { status, body } = await client.chat('azure-gpt-4o', prompt);
  expect(status).toBe(400);
  expect(JSON.stringify(body)).toContain('content management policy');
  expect(askedOf(prompt)).toEqual(['azure']);
});

test('where the environment says so, it does', async () => {
  const prompt = 'What somebody may ask';
  upstream.fail(atAzure(prompt), refusal);
  expect((await client.chat('azure-lenient', prompt)).status).toBe(200);
  expect(askedOf(prompt)).toEqual(['azure', 'opencode.ai']);
});

test("a fallback is not for a key that may not call it: it gets the first model's error", async () => {
  const prompt = 'Anybody else there?';
  upstream.fail(atAzure(prompt), outage);
  const { body } = await client.post('/key/generate', { models: ['azure-gpt-4o'] });
  expect((await new Client(pod, body.key).chat('azure-gpt-4o', prompt)).status).toBe(500);
  expect(askedOf(prompt)).toEqual(['azure', 'azure', 'azure']);
});

test.each([
  'kimi-k2.6',
  'minimax-m2.5',
])('%s, when it hangs, is asked once, and LiteLLM says so', async model => {
  const prompt = `Are you asleep, ${model}?`;
  upstream.fail(({ body }) => JSON.stringify(body).includes(prompt));
  const { status } = await client.chat(model, prompt);
  expect({ status, asked: askedOf(prompt) }).toEqual({ status: 408, asked: ['opencode.ai'] });
});

test('a model that hangs is asked once, and then its fallback', async () => {
  const prompt = 'Are you asleep, Azure?';
  upstream.fail(atAzure(prompt));
  expect((await client.chat('azure-gpt-4o', prompt)).status).toBe(200);
  expect(askedOf(prompt)).toEqual(['azure', 'opencode.ai']);
});

test.each([
  ['glm-5.1', (5 * 1.4 + 3 * 4.4) / 1e6],
  ['azure-gpt-4o', (5 * 100 + 3 * 200) / 1e6],
  ['big-pickle', 0],
])('%s costs what the environment says, for 5 tokens in and 3 out', async (model, dollars) => {
  const { status, headers } = await client.chat(model, `What do you cost, ${model}?`);
  expect(status).toBe(200);
  expect(Number(headers.get('x-litellm-response-cost'))).toBeCloseTo(dollars, 12);
});

test('a model without a price costs nothing, whatever was asked', async () => {
  const { status, headers } = await client.chat('kimi-k2.6', 'What do you cost?');
  expect(status).toBe(200);
  expect(Number(headers.get('x-litellm-response-cost') ?? 0)).toBe(0);
});

test('a request leaves the log after 90 days, and not before', async () => {
  const ask = (statement: string) => askPostgres(workload.databaseUser, statement);
  const ages = { 'e2e-young': 89, 'e2e-old': 91 };
  for (const [id, days] of Object.entries(ages)) {
    ask(`insert into "LiteLLM_SpendLogs" (request_id, call_type, "startTime", "endTime")
      values ('${id}', 'acompletion', now() - interval '${days} days', now() - interval '${days} days')`);
  }
  const kept = () =>
    ask(`select request_id from "LiteLLM_SpendLogs" where request_id like 'e2e-%' order by 1`);
  expect(kept()).toBe('e2e-old\ne2e-young');
  await poll('the log is cleaned', () => kept() !== 'e2e-old\ne2e-young' || undefined, {
    seconds: 150,
    every: 2,
  });
  expect(kept()).toBe('e2e-young');
});
