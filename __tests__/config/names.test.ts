import { deriveNames, environmentName, namesSchema } from '../../config/names';

const names = deriveNames('prod', 'acme/prod/westeurope', {});
const suffix = names.keyVault.slice(-6);

test("names follow from the environment alone, by CAF's abbreviations", () => {
  expect(names).toEqual({
    resourceGroup: 'rg-llm-prod',
    virtualNetwork: 'vnet-llm-prod',
    natGateway: 'ng-llm-prod',
    natAddress: 'pip-llm-prod-nat',
    ingressAddress: 'pip-llm-prod-ingress',
    cluster: 'aks-llm-prod',
    clusterIdentity: 'id-llm-prod-aks',
    gatewayIdentity: 'id-llm-prod-gateway',
    certManagerIdentity: 'id-llm-prod-cert-manager',
    registry: `crllmprod${suffix}`,
    postgres: `psql-llm-prod-${suffix}`,
    redis: `amr-llm-prod-${suffix}`,
    keyVault: `kv-llm-prod-${suffix}`,
    azureOpenAi: `oai-llm-prod-${suffix}`,
    logAnalytics: 'log-llm-prod',
    actionGroup: 'ag-llm-prod',
  });
  expect(suffix).toBe('370443');
});

test('globally unique names differ with organization, environment and region', () => {
  const vaults = ['acme/prod/westeurope', 'umbrella/prod/westeurope', 'acme/prod/eastus2'].map(
    seed => deriveNames('prod', seed, {}).keyVault,
  );
  expect(new Set(vaults).size).toBe(3);
});

test('a given name takes the place of the derived one, and of no other', () => {
  expect(deriveNames('prod', 'acme/prod/westeurope', { cluster: 'aks-llm' })).toEqual({
    ...names,
    cluster: 'aks-llm',
  });
});

test.each([
  'a',
  'z9',
  'production',
])('the longest and shortest environment names fit every rule: %s', environment => {
  const derived = deriveNames(environment, `acme/${environment}/westeurope`, {});
  expect(namesSchema.safeParse(derived).error?.issues).toBeUndefined();
});

test.each(['', 'Prod', 'pre-prod', '1st', 'production1'])('"%s" is no environment name', name => {
  expect(environmentName.safeParse(name).error?.issues[0]?.message).toContain('is no environment name');
});

const rules: [key: keyof typeof names, accepted: string[], refused: string[]][] = [
  ['resourceGroup', ['r', 'rg_(x).y', 'a'.repeat(63)], ['', 'rg.', 'r g', 'a'.repeat(64)]],
  ['virtualNetwork', ['v1', 'vnet_llm.prod_', 'a'.repeat(64)], ['v', '_v1', 'v1-', 'a'.repeat(65)]],
  ['natGateway', ['n', 'n_', 'a'.repeat(80)], ['', 'n.', 'n n', 'a'.repeat(81)]],
  ['natAddress', ['p', 'p-1', 'p.1_2'], ['-p', 'p-']],
  ['ingressAddress', ['p', 'p-1'], ['-p', 'p-']],
  ['cluster', ['a', 'a'.repeat(54)], ['', 'a--', 'a'.repeat(55)]],
  ['clusterIdentity', ['abc', 'id_llm', 'a'.repeat(128)], ['ab', '_ab', 'a.b', 'a'.repeat(129)]],
  ['gatewayIdentity', ['abc', 'a'.repeat(128)], ['ab', 'a'.repeat(129)]],
  ['certManagerIdentity', ['abc', 'a'.repeat(128)], ['ab', 'a'.repeat(129)]],
  ['registry', ['abcde', 'A1234', 'a'.repeat(50)], ['abcd', 'ab-cde', 'a'.repeat(51)]],
  ['postgres', ['abc', 'a-1', 'a'.repeat(63)], ['ab', 'Abc', '-abc', 'abc-', 'a'.repeat(64)]],
  ['redis', ['abc', 'a-1', 'a'.repeat(63)], ['ab', 'Abc', 'a--b', 'abc-', 'a'.repeat(64)]],
  ['keyVault', ['abc', 'Kv-1', 'a'.repeat(24)], ['ab', '1bc', 'a--b', 'abc-', 'a'.repeat(25)]],
  ['azureOpenAi', ['ab', 'a'.repeat(64)], ['a', 'a_b', 'a'.repeat(65)]],
  ['logAnalytics', ['abcd', 'a'.repeat(63)], ['abc', 'abc-', 'a'.repeat(64)]],
  ['actionGroup', ['a', 'On call (prod)', 'a'.repeat(260)], ['', 'a.', 'a/b', 'a\\b', 'a'.repeat(261)]],
];

test.each(
  rules,
)('the name of %s is taken as Azure takes it, up to the last character', (key, accepted, refused) => {
  for (const name of accepted) expect(namesSchema.safeParse({ [key]: name }).success).toBe(true);
  for (const name of refused) {
    expect([name, namesSchema.safeParse({ [key]: name }).error?.issues[0]?.message]).toEqual([
      name,
      expect.stringContaining("breaks Azure's rule for this name: "),
    ]);
  }
});

test('every name has a rule that is tested here', () => {
  expect(rules.map(([key]) => key).sort()).toEqual(Object.keys(names).sort());
});
