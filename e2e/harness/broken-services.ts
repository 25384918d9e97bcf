import {
  answered,
  at,
  type Breakage,
  both,
  changed,
  chat,
  hasMessages,
  html,
  row,
  withoutHeaders,
} from './breakage';
import { json } from './front';

/** What does not do what it should. */
export const brokenServices: readonly Breakage[] = [
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
  row('the master key is another one', 'models.list', answered(at('/v1/models'), json(401, {})), [
    'models',
    'chat',
    'keys',
  ]),
  row(
    'a model is missing, and one too many is there',
    'models.catalogue',
    changed(at('/v1/models', '/models'), ({ data: [, ...rest], ...list }) => ({
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
  row('requests are not on the bill', 'spend.request', answered(at('/spend/logs'), json(200, [])), [
    'spend.request',
  ]),
  row(
    'requests are counted for another model',
    'spend.request',
    answered(at('/spend/logs'), json(200, [{ model_group: 'surprise', spend: 1, total_tokens: 8 }])),
    ['spend.request'],
  ),
  row('there are no metrics', 'metrics.endpoint', answered(at('/metrics/'), json(404, {}))),
  row('requests are not counted', 'metrics.requests', {
    reply: (question, reply) => {
      if (at('/metrics/')(question)) reply.text = reply.text.replace(/^[^#].*$/gm, '');
    },
  }),
];
