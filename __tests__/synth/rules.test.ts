import { configurationProblems } from '../../synth/rules';
import { everything } from '../fixtures/everything';
import { minimal } from '../fixtures/minimal';
import { environmentOf } from '../helpers/environment';

const problemsWith = (sections: object) => configurationProblems(environmentOf({ ...minimal, ...sections }));
const problemsOf = (gateway: object) => problemsWith({ gateway });

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

test('a reference to a variable that the container lacks is refused once, and the known ones are named', () => {
  const [problem, ...others] = problemsOf({
    settings: { litellm_settings: { a: 'os.environ/NO_SUCH', b: ['os.environ/NO_SUCH'] } },
  });
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ path: 'gateway.settings', given: 'os.environ/NO_SUCH' });
  expect(problem?.message).toMatch(
    /^has no source; add NO_SUCH to gateway\.env, or use one of .*ACME_API_KEY/,
  );
});

test('a reference finds its variable in gateway.env and in the secrets', () => {
  expect(
    problemsWith({
      gateway: {
        env: { PLAIN: 'x' },
        settings: { litellm_settings: { a: 'os.environ/PLAIN', b: 'os.environ/LANGFUSE_KEY' } },
      },
      extensions: { secrets: ['langfuse-key'] },
    }),
  ).toEqual([]);
});
