import { configurationProblems } from '../../synth/rules';
import { everything } from '../fixtures/everything';
import { minimal } from '../fixtures/minimal';
import { environmentOf } from '../helpers/environment';

const problemsOf = (gateway: object) => configurationProblems(environmentOf({ ...minimal, gateway }));

test('the fixtures keep the rules', () => {
  expect(configurationProblems(environmentOf(minimal))).toEqual([]);
  expect(configurationProblems(environmentOf(everything))).toEqual([]);
});

test.each([
  ['general_settings.proxy_batch_write_at', 5],
  ['litellm_settings.request_timeout', 5],
  ['router_settings.num_retries', 9],
  ['general_settings.database_url', 'x'],
  ['litellm_settings.cache_params', {}],
  // Rendered where the catalogue has some, and counted in how long a request may take.
  ['router_settings.fallbacks', [{ 'acme-large': ['acme-small'] }]],
  ['router_settings.content_policy_fallbacks', [{ 'acme-large': ['acme-small'] }]],
  ['litellm_settings.default_fallbacks', ['acme-small']],
])('the setting %s is refused, because other keys render it', (path, value) => {
  const [block = '', key = ''] = path.split('.');
  expect(problemsOf({ settings: { [block]: { [key]: value } } })).toEqual([
    {
      where: 'environments/test.ts',
      path: `gateway.settings.${path}`,
      given: JSON.stringify(value),
      message: 'is rendered from other keys of the environment file; change it there',
    },
  ]);
});

test.each([
  ['model_list', { 0: {} }],
  ['model_list', []],
  ['general_settings', []],
  ['environment_variables', { A: 'b' }],
])('the block %s is refused as %j, because it is none to merge into', (block, value) => {
  expect(problemsOf({ settings: { [block]: value } })).toMatchObject([
    { path: `gateway.settings.${block}`, given: JSON.stringify(value) },
  ]);
});

test('settings that nothing else renders are taken', () => {
  const settings = { litellm_settings: { drop_params: true }, callback_settings: { x: { y: 1 } } };
  expect(problemsOf({ settings })).toEqual([]);
});

test.each([
  'LITELLM_MODE',
  'NUM_WORKERS',
  'DATABASE_URL',
  'REDIS_HOST',
  'AZURE_CLIENT_ID',
  'LD_PRELOAD',
])('the variable %s is refused, because the gateway or its platform sets it', name => {
  expect(problemsOf({ env: { [name]: 'x' } })).toEqual([
    {
      where: 'environments/test.ts',
      path: `gateway.env.${name}`,
      given: '"x"',
      message: 'is set by the gateway or its platform; leave it out',
    },
  ]);
});
