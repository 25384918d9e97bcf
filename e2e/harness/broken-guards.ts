import {
  answered,
  asks,
  at,
  type Breakage,
  both,
  changed,
  letIn,
  row,
  type When,
  withoutHeaders,
} from './breakage';
import { json } from './front';

/** What does more than it should, for whom it should not. */
export function brokenGuards(masterKey: string): readonly Breakage[] {
  const isVirtual: When = ({ authorization }) => !!authorization && authorization !== `Bearer ${masterKey}`;
  const isStranger: When = ({ authorization }) => !authorization;
  const deleted = new Set<string>();
  return [
    row(
      'a key pays nothing',
      'spend.key',
      changed(both(isVirtual, at('/key/info')), body => ({
        ...body,
        info: { ...body.info, spend: 0 },
      })),
      ['spend.key'],
    ),
    row('no key can be made', 'keys.create', answered(at('/key/generate'), json(500, {}))),
    row('a virtual key opens nothing', 'keys.use', answered(asks('key'), json(401, {}))),
    row(
      'a virtual key sees every model',
      'keys.models',
      letIn(masterKey, both(isVirtual, at('/v1/models'))),
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
      'keys.no-administration',
      letIn(masterKey, both(isVirtual, at('/key/generate'))),
    ),
    row(
      'budgets do not end',
      'keys.budget',
      letIn(masterKey, ({ body }) => / budget \d+\)$/.test(String(body?.messages?.[0]?.content))),
    ),
    row('nobody counts requests', 'keys.rate-limit', letIn(masterKey, asks('rate'))),
    row('a change of a key is lost', 'keys.update', answered(at('/key/update'), json(200, {}))),
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
    row('the admin UI lets anybody in', 'security.ui-login', answered(at('/v2/login'), json(200, {}))),
    row(
      "the API's description is not there",
      'security.api-docs',
      answered(at('/openapi.json'), json(404, {})),
    ),
    row('browsers may use plain HTTP', 'address.hsts', withoutHeaders('strict-transport-security')),
    row('a team cannot be deleted', 'cleanup.complete', answered(at('/team/delete'), json(500, {})), [
      'teams',
    ]),
  ];
}
