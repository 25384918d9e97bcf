import { z } from 'zod';
import type { Check } from '../check';
import { Unexpected } from '../unexpected';

/** What Python and JavaScript print when something was not caught. */
const STACK_TRACE = /Traceback \(most recent call last\)|File "[^"]+", line \d+|^\s+at .+:\d+:\d+\)?$/m;

const WITHOUT_DATABASE =
  'LiteLLM lets every key in while it has no database, if allow_requests_on_db_unavailable is set';

/** What only an administrator may read. */
const MANAGEMENT = [
  '/key/list',
  '/user/list',
  '/team/list',
  '/spend/logs',
  '/model/info',
  '/get/config/callbacks',
];

const modelInfoSchema = z.object({
  data: z.array(z.object({ litellm_params: z.record(z.string(), z.unknown()) })),
});

/** What nobody may do. */
export const securityChecks: readonly Check[] = [
  {
    id: 'security.no-key',
    title: 'without a key nobody is answered',
    expected: '401 at /v1/chat/completions and /v1/models',
    needs: ['models.list'],
    run: async ({ stranger }) => {
      const chat = await stranger.chat('any', 'Hello?');
      const models = await stranger.get('/v1/models');
      models.expect(401);
      return chat.expect(401).summary;
    },
  },
  {
    id: 'security.wrong-key',
    title: 'a key that nobody made opens nothing',
    expected: '401 at /v1/models and /v1/chat/completions',
    needs: ['models.list'],
    run: async session => {
      const anybody = session.as(`sk-${session.run}`);
      // A model that nobody serves: whoever is let in costs nothing.
      const answers = [await anybody.get('/v1/models'), await anybody.chat('no-such-model', 'Hello?')];
      const open = answers.find(({ status }) => status !== 401);
      if (open) throw new Unexpected(`${open.summary.slice(0, 80)}; ${WITHOUT_DATABASE}`);
      return answers.map(({ status, errorType }) => `${status} ${errorType}`).join(', ');
    },
  },
  {
    id: 'security.management',
    title: 'without a key nobody looks at keys, users, teams, spend and configuration',
    expected: `401 or 403 at ${MANAGEMENT.join(', ')}`,
    needs: ['models.list'],
    run: async ({ stranger }) => {
      const answers = await Promise.all(
        MANAGEMENT.map(async path => ({ path, answer: await stranger.get(path) })),
      );
      const open = answers.filter(({ answer }) => ![401, 403].includes(answer.status));
      if (open.length > 0)
        throw new Unexpected(open.map(({ path, answer }) => `${path} ${answer.summary}`).join('; '));
      return `all ${MANAGEMENT.length} closed`;
    },
  },
  {
    id: 'security.errors',
    title: 'errors give nothing away',
    expected: 'no master key, no virtual key and no stack trace in any error',
    needs: ['models.list'],
    run: async session => {
      const { administrator, stranger, traffic, redaction } = session;
      await administrator.chat('no-such-model', 'Hello?');
      await administrator.postText('/v1/chat/completions', '{"model":');
      // LiteLLM 1.102 expects an object, and answers 500.
      await administrator.postText('/v1/chat/completions', '[]');
      await administrator.get('/no-such-path');
      await stranger.get('/v1/models');
      const problems = traffic.refusals.flatMap(({ asked, status, text }) => [
        ...(redaction.found(text) ? [`${asked} answered ${status} with a key`] : []),
        ...(STACK_TRACE.test(text) ? [`${asked} answered ${status} with a stack trace`] : []),
      ]);
      if (problems.length > 0) throw new Unexpected([...new Set(problems)].join('; '));
      return `${traffic.refusals.length} errors, nothing in them`;
    },
  },
  {
    id: 'security.provider-keys',
    title: "the providers' keys stay inside, even from an administrator",
    expected: 'no api_key in the clear at /model/info',
    needs: ['models.list'],
    run: async ({ administrator }) => {
      const { data } = (await administrator.get('/model/info')).expect(200).as(modelInfoSchema);
      const shown = data.filter(
        ({ litellm_params: { api_key: key } }) => typeof key === 'string' && !/\*{3}/.test(key),
      );
      if (shown.length > 0) throw new Unexpected(`${shown.length} of ${data.length} models show it`);
      return `${data.length} models, none shown`;
    },
  },
  {
    id: 'security.headers',
    title: 'a browser is told not to guess and not to frame',
    expected: 'x-content-type-options: nosniff, and x-frame-options or frame-ancestors',
    needs: ['health.liveness'],
    run: async ({ stranger }) => {
      const { headers } = await stranger.get('/health/liveliness');
      const framing = headers['x-frame-options'] ?? headers['content-security-policy'];
      const missing = [
        ...(headers['x-content-type-options'] === 'nosniff' ? [] : ['x-content-type-options']),
        ...(framing && /deny|sameorigin|frame-ancestors/i.test(String(framing)) ? [] : ['x-frame-options']),
      ];
      if (missing.length > 0) throw new Unexpected(`no ${missing.join(', no ')}`);
      return `nosniff, ${framing}`;
    },
  },
];
