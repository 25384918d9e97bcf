import { json, type Mischief, type Question, type Reply } from './front';

/** One thing that goes wrong, and the checks that have to see it. */
export interface Breakage {
  readonly what: string;
  /** The failures that there have to be: these, and no others. */
  readonly fails: readonly string[];
  /** The checks that look at this: the others' failures are found by the other breakages. */
  readonly only: readonly string[];
  readonly mischief: Mischief;
}

/** Whose question a check asks: every prompt ends in the check's own label. */
function asks(label: string): (question: Question) => boolean {
  return ({ body }) => String(body?.messages?.[0]?.content ?? '').endsWith(` ${label})`);
}

function at(path: string): (question: Question) => boolean {
  return question => question.path.split('?')[0] === path;
}

type When = (question: Question) => boolean;

function both(...conditions: readonly When[]): When {
  return question => conditions.every(condition => condition(question));
}

const answered = (when: When, reply: Reply): Mischief => ({
  ask: question => (when(question) ? reply : undefined),
});

/** Changes a JSON body on its way back. */
// biome-ignore lint/suspicious/noExplicitAny: bodies of an API that this project does not own
const changed = (when: When, change: (body: any, question: Question) => unknown): Mischief => ({
  reply: (question, reply) => {
    if (!when(question) || !reply.headers['content-type']?.includes('json')) return;
    const body = JSON.parse(reply.text);
    reply.text = JSON.stringify(change(body, question) ?? body);
  },
});

const withoutHeaders = (...names: readonly string[]): Mischief => ({
  reply: (_, { headers }) => {
    for (const name of names) delete headers[name];
  },
});

/** Everything that the master key may do, for whoever asks this. */
const letIn = (masterKey: string, when: When): Mischief => ({
  ask: question => {
    if (when(question)) question.authorization = `Bearer ${masterKey}`;
    return undefined;
  },
});

const html = (status: number): Reply => ({
  status,
  headers: { 'content-type': 'text/html' },
  text: '<html><title>Bad Gateway</title></html>',
});

const chat = at('/v1/chat/completions');
const ok = json(200, {});

export function breakages(masterKey: string): Breakage[] {
  const isVirtual: When = ({ authorization }) => !!authorization && authorization !== `Bearer ${masterKey}`;
  const isStranger: When = ({ authorization }) => !authorization;
  const deleted = new Set<string>();
  const row = (
    what: string,
    fails: string | readonly string[],
    mischief: Mischief,
    only?: readonly string[],
  ) => {
    const failures = [fails].flat();
    // The group of what fails, so that a failure next to it would be seen.
    return {
      what,
      fails: failures,
      only: only ?? [...new Set(failures.map(id => id.split('.')[0] ?? ''))],
      mischief,
    };
  };
  const rows = [
    row('liveness is refused', 'health.liveness', answered(at('/health/liveliness'), json(503, {}))),
    row(
      'everything is a page of the load balancer',
      'health.liveness',
      answered(() => true, html(502)),
    ),
    row('every connection is closed', 'health.liveness', { ask: () => 'hang up' }),
    row('the gateway is not ready', 'health.readiness', answered(at('/health/readiness'), json(503, {}))),
    row(
      'PostgreSQL is away',
      'health.database',
      changed(at('/health/readiness'), body => ({ ...body, db: 'disconnected' })),
      ['health', 'keys', 'spend'],
    ),
    row(
      'an older version runs',
      'health.version',
      changed(at('/health/readiness/details'), body => ({ ...body, litellm_version: '1.101.0' })),
    ),
    row('Redis is away', 'health.cache', answered(at('/cache/ping'), json(503, { detail: 'no Redis' })), [
      'health',
      'cache',
    ]),
    row('the master key is another one', 'models.list', answered(isAt(['/v1/models']), json(401, {})), [
      'models',
      'chat',
      'keys',
    ]),
    row(
      'a model is missing, and one too many is there',
      'models.catalogue',
      changed(isAt(['/v1/models', '/models']), ({ data: [, ...rest], ...list }) => ({
        ...list,
        data: [...rest, { id: 'surprise' }],
      })),
    ),
    row('the short path is not there', 'models.short-path', answered(at('/models'), json(404, {}))),
    row('no provider answers', 'chat.completion', answered(both(chat, hasMessages), json(500, {})), [
      'chat.completion',
      'chat.every-model',
      'cache',
    ]),
    row(
      "a provider's limit is reached",
      'chat.every-model',
      answered(
        both(chat, ({ body }) => /^kimi/.test(body?.model)),
        json(429, { error: { type: 'GoUsageLimitError', message: 'Monthly limit' } }),
      ),
    ),
    row('a stream breaks off', 'chat.stream', {
      reply: (question, reply) => {
        if (question.body?.stream) reply.text = reply.text.slice(0, reply.text.indexOf('[DONE]') - 10);
      },
    }),
    row('a stream is not streamed', 'chat.stream', {
      reply: (question, reply) => {
        if (question.body?.stream) reply.headers['content-type'] = 'application/json';
      },
    }),
    row(
      'tokens are not counted',
      'chat.usage',
      changed(both(chat, hasMessages), ({ usage: _, ...rest }) => rest),
    ),
    row('answers cannot be traced', 'chat.traceable', withoutHeaders('x-litellm-call-id')),
    row(
      "an unknown model is somebody else's mistake",
      'chat.unknown-model',
      answered(({ body }) => body?.model === 'no-such-model', json(500, {})),
      ['chat'],
    ),
    row(
      'broken JSON is a crash',
      'chat.malformed',
      answered(
        both(chat, ({ body }) => typeof body === 'string'),
        json(500, {}),
      ),
    ),
    row(
      'nothing is cached',
      'cache.hit',
      changed(chat, body => ({ ...body, id: `${body.id}-${performance.now()}` })),
      ['cache.hit', 'cache.bypass'],
    ),
    row(
      'the cache cannot be passed by',
      'cache.bypass',
      {
        ask: ({ body }) => {
          if (body?.cache) delete body.cache;
          return undefined;
        },
      },
      ['cache.hit', 'cache.bypass'],
    ),
    row('no key can be made', 'keys.create', answered(at('/key/generate'), json(500, {}))),
    row('a virtual key opens nothing', 'keys.use', answered(asks('key'), json(401, {}))),
    row(
      'a virtual key sees every model',
      'keys.models',
      letIn(masterKey, both(isVirtual, at('/v1/models'), fresh(deleted))),
      ['keys.models', 'keys.use', 'keys.info'],
    ),
    row('a virtual key opens every model', 'keys.denied-model', letIn(masterKey, asks('denied'))),
    row(
      'a virtual key is shown',
      'keys.info',
      changed(both(isVirtual, at('/key/info')), (body, { authorization }) => ({
        ...body,
        key: authorization?.slice('Bearer '.length),
      })),
    ),
    row(
      "a virtual key reads everybody's spend",
      'keys.no-administration',
      letIn(masterKey, both(isVirtual, at('/spend/logs'))),
    ),
    row(
      'a virtual key makes keys',
      ['keys.no-administration'],
      letIn(masterKey, both(isVirtual, at('/key/generate'))),
    ),
    row(
      'budgets do not end',
      'keys.budget',
      letIn(masterKey, ({ body }) => / budget \d+\)$/.test(String(body?.messages?.[0]?.content))),
    ),
    row('nobody counts requests', 'keys.rate-limit', letIn(masterKey, asks('rate'))),
    row('a change of a key is lost', 'keys.update', answered(at('/key/update'), ok)),
    row('a key never ends', 'keys.expiry', {
      ask: ({ body }) => {
        if (body?.duration === '1s') body.duration = '1h';
        return undefined;
      },
    }),
    row('a key is not deleted', 'keys.delete', {
      ask: ({ path, body }) =>
        path === '/key/delete' && body.keys ? json(200, { deleted_keys: body.keys }) : undefined,
    }),
    row('a deleted key still opens', 'keys.deleted', {
      ask: question => {
        const { path, body, authorization } = question;
        if (path === '/key/delete') for (const key of body.keys ?? []) deleted.add(`Bearer ${key}`);
        if (authorization && deleted.has(authorization)) question.authorization = `Bearer ${masterKey}`;
        return undefined;
      },
    }),
    row(
      "a team's models are others",
      'teams.create',
      changed(at('/team/info'), body => ({
        ...body,
        team_info: { ...body.team_info, models: ['surprise'] },
      })),
    ),
    row("a team's key opens every model", 'teams.key', letIn(masterKey, asks('team'))),
    row(
      'a user has another role',
      'teams.user',
      changed(at('/user/info'), body => ({
        ...body,
        user_info: { ...body.user_info, user_role: 'proxy_admin' },
      })),
    ),
    row('requests are not on the bill', 'spend.request', answered(at('/spend/logs'), json(200, [])), [
      'spend.request',
    ]),
    row(
      'requests are counted for another model',
      'spend.request',
      answered(at('/spend/logs'), json(200, [{ model_group: 'surprise', spend: 1, total_tokens: 8 }])),
      ['spend.request'],
    ),
    row(
      'a key pays nothing',
      'spend.key',
      changed(both(isVirtual, at('/key/info')), body => ({
        ...body,
        info: { ...body.info, spend: 0 },
      })),
      ['spend.key'],
    ),
    row('there are no metrics', 'metrics.endpoint', answered(at('/metrics/'), json(404, {}))),
    row('requests are not counted', 'metrics.requests', {
      reply: (question, reply) => {
        if (at('/metrics/')(question)) reply.text = reply.text.replace(/^[^#].*$/gm, '');
      },
    }),
    row('anybody reads the metrics', 'metrics.closed', letIn(masterKey, both(isStranger, at('/metrics/')))),
    row('no key is needed', 'security.no-key', letIn(masterKey, both(isStranger, at('/v1/models')))),
    row(
      'any key will do',
      'security.wrong-key',
      letIn(masterKey, ({ authorization }) => !!authorization?.startsWith('Bearer sk-litellm-aks-verify-')),
    ),
    row('anybody lists the keys', 'security.management', letIn(masterKey, both(isStranger, at('/key/list')))),
    row('errors have a stack trace', 'security.errors', {
      reply: (_, reply) => {
        if (reply.status === 500)
          reply.text = 'Traceback (most recent call last):\n  File "/app/x.py", line 1';
      },
    }),
    row('errors repeat the master key', 'security.errors', {
      reply: ({ authorization }, reply) => {
        if (reply.status === 404) reply.text = JSON.stringify({ detail: `not for ${authorization}` });
      },
    }),
    row(
      "the providers' keys are shown",
      'security.provider-keys',
      changed(at('/model/info'), ({ data }) => ({
        data: data.map((model: { litellm_params: object }) => ({
          ...model,
          litellm_params: { ...model.litellm_params, api_key: 'sk-provider' },
        })),
      })),
    ),
    row(
      'browsers are told nothing',
      'security.headers',
      withoutHeaders('x-content-type-options', 'x-frame-options', 'content-security-policy'),
    ),
    row('the admin UI is not there', 'security.ui', answered(at('/ui/'), json(404, {}))),
    row('the admin UI lets anybody in', 'security.ui-login', answered(at('/v2/login'), ok)),
    row('browsers may use plain HTTP', 'address.hsts', withoutHeaders('strict-transport-security')),
    row('a team cannot be deleted', 'cleanup.complete', answered(at('/team/delete'), json(500, {})), [
      'teams',
    ]),
  ];
  return rows;
}

function isAt(paths: readonly string[]): When {
  return question => paths.some(path => at(path)(question));
}

function hasMessages({ body }: Question): boolean {
  return Array.isArray(body?.messages);
}

function fresh(deleted: ReadonlySet<string>): When {
  return ({ authorization = '' }) => !deleted.has(authorization);
}
