import { findMasterKey } from '../../verify/master-key';
import { Tools } from '../helpers/tools';

const tools = new Tools();
const vault = 'kv-llm-dev-123456';
const { signal } = new AbortController();

afterAll(() => tools.remove());

function find(env: Record<string, string>, more: { variable?: string; vault?: string } = {}) {
  return findMasterKey({ env, variable: 'LITELLM_MASTER_KEY', signal, ...more });
}

test('comes from the variable, and from nowhere else if that is set', async () => {
  expect(await find({ LITELLM_MASTER_KEY: 'sk-from-env\n', PATH: tools.folder }, { vault })).toEqual({
    key: 'sk-from-env',
    source: '$LITELLM_MASTER_KEY',
  });
});

test('comes from another variable that was named', async () => {
  expect((await find({ OTHER: 'sk-other' }, { variable: 'OTHER' })).key).toBe('sk-other');
});

test("comes from the environment's vault otherwise, by the question that az understands", async () => {
  tools.shell(
    'az',
    `[ "$*" = "keyvault secret show --vault-name ${vault} --name litellm-master-key --query value -o tsv" ] && echo sk-from-vault`,
  );
  expect(await find({ PATH: tools.folder }, { vault })).toEqual({
    key: 'sk-from-vault',
    source: `litellm-master-key in Key Vault ${vault}`,
  });
});

test('the key in place of the variable is refused, and not repeated', async () => {
  const error = await find({}, { variable: 'sk-1234567890' }).catch((error: Error) => error.message);
  expect(error).toMatch(/takes the name of a variable/);
  expect(error).not.toContain('1234567890');
});

test('without variable and vault, says which variable to set', async () => {
  await expect(find({})).rejects.toThrow('export LITELLM_MASTER_KEY=sk-…');
});

test('without az, says so', async () => {
  await expect(find({ PATH: '/nowhere' }, { vault })).rejects.toThrow(/az is not installed/);
});

test.each([
  ["ERROR: Please run 'az login' to setup account.", /az login/],
  [
    'ERROR: (Forbidden) Public network access is disabled and request is not from a trusted service\nInner error: ForbiddenByConnection',
    /keyVault\.allowedIpRanges/,
  ],
  [
    'ERROR: (Forbidden) Client address is not authorized and caller is not a trusted service.',
    /keyVault\.allowedIpRanges/,
  ],
  ['ERROR: (Forbidden) Caller is not authorized to perform action on resource.', /Key Vault Secrets User/],
  [
    'ERROR: (SecretNotFound) A secret with (name/id) litellm-master-key was not found',
    /has the environment been deployed/,
  ],
  ['ERROR: <urllib3 …>: Failed to resolve host', /no such vault/],
  ['ERROR: something new', /ERROR: something new/],
])('%s', async (said, meaning) => {
  tools.shell('az', `echo "${said}" >&2; exit 1`);
  await expect(find({ PATH: tools.folder }, { vault })).rejects.toThrow(meaning);
});
