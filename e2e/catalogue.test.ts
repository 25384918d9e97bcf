import { joinStream } from './harness/client';
import { theCluster } from './harness/cluster';
import { text } from './harness/dialects';
import { administrator, replica } from './harness/replicas';
import { type Recorded, Upstream } from './harness/upstream';

/** The issue's catalogue, written down once more: what the providers' own documentation says they expect. */
interface Group {
  readonly host: RegExp;
  readonly path: string;
  /** Header and value that carry the key. */
  readonly authentication: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Names that clients ask for, and what the provider calls them where it differs. */
  readonly models: readonly string[];
}

const openCodeHeaders = { 'x-opencode-session': 'litellm-aks', 'user-agent': 'litellm-aks' };
const zenKey = 'e2eopencodezenapikey';
const goKey = 'e2eopencodegoapikey';

const groups: Readonly<Record<string, Group>> = {
  'Azure OpenAI': {
    host: /^oai-[a-z0-9-]+\.openai\.azure\.com$/,
    path: '/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21',
    authentication: { 'api-key': 'e2eazureopenaikey' },
    headers: {},
    models: ['azure-gpt-4o'],
  },
  'OpenCode Zen': {
    host: /^opencode\.ai$/,
    path: '/zen/v1/chat/completions',
    authentication: { authorization: `Bearer ${zenKey}` },
    headers: openCodeHeaders,
    models: ['big-pickle', 'deepseek-v4-flash-free', 'mimo-v2.5-free', 'nemotron-3-ultra-free'],
  },
  'OpenCode Go, OpenAI-compatible': {
    host: /^opencode\.ai$/,
    path: '/zen/go/v1/chat/completions',
    authentication: { authorization: `Bearer ${goKey}` },
    headers: openCodeHeaders,
    models: [
      'glm-5.1',
      'glm-5',
      'kimi-k2.6',
      'kimi-k2.5',
      'deepseek-v4-pro',
      'deepseek-v4-flash',
      'mimo-v2.5',
      'mimo-v2.5-pro',
    ],
  },
  'OpenCode Go, Anthropic-compatible': {
    host: /^opencode\.ai$/,
    path: '/zen/go/v1/messages',
    authentication: { 'x-api-key': goKey },
    headers: { ...openCodeHeaders, 'anthropic-version': '2023-06-01' },
    models: ['minimax-m2.5', 'minimax-m2.7', 'qwen3.5-plus', 'qwen3.6-plus', 'qwen3.7-plus', 'qwen3.7-max'],
  },
};

const client = administrator(replica('replica-a'));
let upstream: Upstream;

beforeAll(async () => {
  upstream = await Upstream.start(theCluster().certificates);
});

afterAll(() => upstream.stop());

test('the gateway lists exactly the 19 models of the catalogue', async () => {
  const { status, body } = await client.get('/v1/models');
  const expected = Object.values(groups).flatMap(({ models }) => models);
  expect(expected).toHaveLength(19);
  expect(status).toBe(200);
  expect(body.data.map(({ id }: { id: string }) => id).sort()).toEqual([...expected].sort());
});

describe.each(Object.entries(groups))('%s', (_, group) => {
  test.each(group.models)('%s answers from its provider', async model => {
    const prompt = `${model}, tell me`;
    const { status, body } = await client.chat(model, prompt);
    expect({ status, content: body.choices?.[0].message.content }).toEqual({ status: 200, content: text });

    const request = onlyRequest(prompt);
    expectRequest(request, group);
    expect(request.body).toMatchObject({ model: model.replace(/^azure-/, '') });
    expectPrompt(request, prompt);
    expect(request.body.stream ?? false).toBe(false);
  });

  test.each(group.models)('%s streams from its provider', async model => {
    const prompt = `${model}, sing to me`;
    let events = '';
    for await (const chunk of client.stream(model, prompt)) events += chunk;
    expect(joinStream(events)).toBe(text);
    expect(events.trimEnd().endsWith('data: [DONE]')).toBe(true);

    const request = onlyRequest(prompt);
    expectRequest(request, group);
    expect(request.body).toMatchObject({ model: model.replace(/^azure-/, ''), stream: true });
    expectPrompt(request, prompt);
  });
});

function onlyRequest(prompt: string): Recorded {
  const requests = upstream.mentioning(prompt);
  expect(requests).toHaveLength(1);
  return requests[0] as Recorded;
}

function expectRequest({ method, host, path, headers }: Recorded, group: Group): void {
  expect({ method, path }).toEqual({ method: 'POST', path: group.path });
  expect(host).toMatch(group.host);
  expect(headers).toMatchObject({ ...group.authentication, ...group.headers });
  // A key goes where it belongs and nowhere else; the gateway's own never leaves it.
  const foreign = Object.values(theCluster().vault).filter(
    secret => !Object.values(group.authentication).some(value => value.endsWith(secret)),
  );
  expect(foreign.filter(secret => JSON.stringify(headers).includes(secret))).toEqual([]);
}

/** In either dialect: Anthropic's content is a list of blocks. */
function expectPrompt({ body }: Recorded, prompt: string): void {
  const [{ role, content }] = body.messages as [{ role: string; content: string | { text: string }[] }];
  const said = typeof content === 'string' ? content : content.map(block => block.text).join('');
  expect({ role, said }).toEqual({ role: 'user', said: prompt });
}
