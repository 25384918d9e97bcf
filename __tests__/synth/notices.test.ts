import { noticeLines } from '../../synth/notices';
import { minimal } from '../fixtures/minimal';
import { environmentOf } from '../helpers/environment';

const noticesOf = (file: object) => noticeLines(environmentOf({ ...minimal, ...file }));

/** Reached from outside, with a record of its own: nothing to say. */
const quiet = {
  administrators: ['99999999-2222-4333-8444-555555555555'],
  cluster: { privateCluster: false, authorizedIpRanges: ['203.0.113.0/24'] },
  keyVault: { allowedIpRanges: ['203.0.113.7'] },
  ingress: { ...minimal.ingress, dnsZone: { name: 'acme.example', resourceGroup: 'rg-dns' } },
};
/** Reached from the network alone, in its private zone. */
const internal = {
  subscriptionId: '11111111-2222-4333-8444-555555555555',
  ingress: {
    ...quiet.ingress,
    exposure: 'internal',
    acme: { ...minimal.ingress.acme, solver: 'dns01' },
    privateDnsZone: { name: 'acme.example' },
  },
};
const serving = (model: string, version: string) => ({
  azureOpenAi: { deployments: [{ name: 'chat', model, version }] },
});

test('an environment without anything to know has no notice', () => {
  expect(noticesOf({ ...quiet, ...serving('gpt-5.6-terra', '2026-07-09') })).toEqual([]);
});

test.each<[string, string, object, ...string[]]>([
  [
    'a vault that only the network reaches',
    'Note: ',
    { keyVault: {} },
    'Key Vault kv-llm-test-',
    'keyVault.allowedIpRanges',
  ],
  [
    'a production that depends on whoever applies first',
    'Warning: ',
    { administrators: [] },
    'administrators is empty',
    'docs/operations.md',
  ],
  ['a private API server', 'Note: ', { cluster: {} }, 'aks-llm-test is private', 'kubectl'],
  [
    'a public API server that asks everybody in',
    'Warning: ',
    { cluster: { privateCluster: false } },
    'aks-llm-test answers anybody',
    'cluster.authorizedIpRanges',
  ],
  [
    'a record to make by hand',
    'Note: ',
    { ingress: minimal.ingress },
    'llm.acme.example',
    'az network public-ip show -g rg-llm-test -n pip-llm-test-ingress ',
  ],
  [
    'a record of an internal gateway to make by hand',
    'Note: ',
    { ...internal, ingress: { ...internal.ingress, privateDnsZone: undefined } },
    'the A record llm.acme.example with the address 10.30.3.4',
    'ingress.privateDnsZone',
  ],
  [
    'an access key in the state',
    'Warning: ',
    { redis: { authentication: 'access-key' } },
    'redis-password',
    'redis.authentication "entra"',
  ],
  [
    'a key of Azure OpenAI in the state',
    'Warning: ',
    { azureOpenAi: { ...serving('gpt-5.6-terra', '2026-07-09').azureOpenAi, authentication: 'key' } },
    'azure-openai-key',
    'azureOpenAi.authentication "entra"',
  ],
  [
    'a gateway that any key opens while its database is away',
    'Warning: ',
    { gateway: { database: { allowRequestsWhenUnavailable: true } } },
    'every key that starts with sk-',
    'false refuses',
  ],
  [
    'a fallback that leaves Azure',
    'Warning: ',
    {
      ...serving('gpt-5.6-terra', '2026-07-09'),
      catalogue: { ...minimal.catalogue, fallbacks: { 'azure-chat': ['acme-large'] } },
    },
    'catalogue.fallbacks sends what azure-chat on Azure OpenAI fails to answer',
    'to models.acme.example; a second Azure deployment',
  ],
  [
    'a refusal of Azure that goes on to somebody else',
    'Warning: ',
    {
      ...serving('gpt-5.6-terra', '2026-07-09'),
      catalogue: { ...minimal.catalogue, contentPolicyFallbacks: { 'azure-chat': ['acme-large'] } },
    },
    'catalogue.contentPolicyFallbacks',
    'models.acme.example',
  ],
])('%s is spoken of, with what to do', (_what, level, file, ...fragments) => {
  const [notice = '', ...others] = noticesOf({ ...quiet, ...file });
  expect(others).toEqual([]);
  expect(notice.startsWith(level)).toBe(true);
  for (const fragment of fragments) expect(notice).toContain(fragment);
});

test('a development environment may belong to one person', () => {
  expect(noticesOf({ ...quiet, class: 'development', administrators: [] })).toEqual([]);
});

test('a fallback within Azure, or to it, is nothing to know', () => {
  const second = { name: 'second', model: 'gpt-5.6-terra', version: '2026-07-09' };
  const { deployments } = serving('gpt-5.6-terra', '2026-07-09').azureOpenAi;
  const fallbacks = { 'azure-chat': ['azure-second'], 'acme-large': ['azure-chat'] };
  const file = { ...quiet, azureOpenAi: { deployments: [...deployments, second] } };
  expect(noticesOf({ ...file, catalogue: { ...minimal.catalogue, fallbacks } })).toEqual([]);
});

test('an internal gateway with a record of its own has no notice', () => {
  expect(noticesOf({ ...quiet, ...internal })).toEqual([]);
});

test('a generated database password is no notice: the state never holds it', () => {
  expect(noticesOf({ ...quiet, postgres: { authentication: 'password' } })).toEqual([]);
});
