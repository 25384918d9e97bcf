import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unknownOutputs } from '../../contract/outputs';
import { missingOutputs, readOutputs } from '../../synth/outputs-file';
import { everything } from '../fixtures/everything';
import { minimal } from '../fixtures/minimal';
import { environmentOf } from '../helpers/environment';

const folder = mkdtempSync(join(tmpdir(), 'litellm-aks-'));
afterAll(() => rmSync(folder, { recursive: true }));

const outputs = {
  gateway_client_id: 'aaaaaaaa-0000-4000-8000-000000000001',
  gateway_principal_id: 'aaaaaaaa-0000-4000-8000-000000000002',
  tenant_id: 'aaaaaaaa-0000-4000-8000-000000000003',
};

function read(content: string) {
  writeFileSync(join(folder, 'dev.outputs.json'), content);
  return readOutputs(folder, 'dev');
}

test('outputs are unknown before the first deployment', () => {
  expect(readOutputs(folder, 'never')).toEqual({ outputs: unknownOutputs });
  expect(Object.values(unknownOutputs)).toEqual(Array(4).fill('(known after apply)'));
});

test('outputs are read from what cdktf wrote', () => {
  expect(read(JSON.stringify({ dev: outputs }))).toEqual({ outputs });
});

test('outputs of other environments in the same file do no harm', () => {
  expect(read(JSON.stringify({ dev: outputs, prod: { other: 1 } }))).toEqual({ outputs });
});

test.each([
  ['no JSON', '{', '', 'is no JSON'],
  ['empty', '', '', 'is no JSON'],
  ['null', 'null', '', 'holds no outputs of dev'],
  ['a list', '[1]', '', 'holds no outputs of dev'],
  [
    "another environment's",
    '{"prod":{},"prod-addons":{}}',
    '',
    'the outputs of prod, prod-addons, not of dev',
  ],
])('a file that is %s is refused, with the command that writes it anew', (_what, content, path, fragment) => {
  const { problems } = read(content) as { problems: { message: string }[] };
  expect(problems).toEqual([
    {
      where: 'environments/dev.outputs.json',
      path,
      message: expect.stringContaining(fragment),
    },
  ]);
  expect(problems[0]?.message).toContain('npm run up -- dev');
});

test('a folder in its place is no file, and nothing is said about JSON', () => {
  mkdirSync(join(folder, 'prod.outputs.json'));
  const message = 'cannot be read: a folder is where a file belongs; move it away';
  const problem = { where: 'environments/prod.outputs.json', path: '', message };
  expect(readOutputs(folder, 'prod')).toEqual({ problems: [problem] });
});

test.each([
  ['lacks an output', { ...outputs, tenant_id: undefined }, 'dev.tenant_id'],
  ['has one that is no id', { ...outputs, gateway_client_id: 'x' }, 'dev.gateway_client_id'],
  ['has an unresolved token', { ...outputs, tenant_id: `\${TfToken[TOKEN.1]}` }, 'dev.tenant_id'],
  ['still says what was unknown', { ...outputs, tenant_id: '(known after apply)' }, 'dev.tenant_id'],
  ['has one more than the charts read', { ...outputs, secret: 'x' }, 'dev.secret'],
])('a file that %s is refused by its path', (_what, content, path) => {
  expect(read(JSON.stringify({ dev: content }))).toMatchObject({
    problems: [{ where: 'environments/dev.outputs.json', path }],
  });
});

test('everything that is wrong with a file is reported at once', () => {
  const { problems } = read('{"dev":{"more":1}}') as { problems: { path: string }[] };
  expect(problems.map(({ path }) => path).sort()).toEqual([
    'dev.gateway_client_id',
    'dev.gateway_principal_id',
    'dev.more',
    'dev.tenant_id',
  ]);
});

test("cert-manager's identity is missed once the environment file asks for it, and never before", () => {
  const dns01 = environmentOf(everything, 'dev');
  expect(missingOutputs(dns01, outputs)).toEqual([
    {
      where: 'environments/dev.outputs.json',
      path: 'dev.cert_manager_client_id',
      message: expect.stringContaining('npm run up -- dev'),
    },
  ]);
  expect(missingOutputs(dns01, { ...outputs, cert_manager_client_id: outputs.tenant_id })).toEqual([]);
  expect(missingOutputs(dns01, unknownOutputs)).toEqual([]);
  expect(missingOutputs(environmentOf(minimal, 'dev'), outputs)).toEqual([]);
});
