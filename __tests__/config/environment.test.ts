import { parseEnvironment } from '../../config/environment';
import { readEnvironment } from '../../config/environment-files';
import { ProblemsError } from '../../config/problem';
import { everything } from '../fixtures/everything';
import { minimal } from '../fixtures/minimal';
import { problemsIn } from '../helpers/environment';
import { withValue } from '../helpers/objects';

/** Where in the everything fixture, what is put there, and what is said about it at which path (there, if unsaid). */
type Mistake = [path: string, value: unknown, fragment: string, reportedAt?: string];

const actionGroup = (name: string) =>
  `/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg/providers/Microsoft.Insights/actionGroups/${name}`;

const unknownKeys: Mistake[] = [
  ['colour', 'red', 'unknown key; the keys allowed here are organization, location, host'],
  ['network.subnets.pods', '10.0.0.0/8', 'the keys allowed here are aks, privateEndpoints, ingress'],
  ['cluster.systemPool.size', 3, 'the keys allowed here are vmSize, minCount'],
  ['postgres.skuName', 'x', 'the keys allowed here are sku, version'],
  ['catalogue.providers.acme.url', 'x', 'the keys allowed here are protocol, baseUrl'],
  ['catalogue.providers.acme.models.0.limit', 1, 'the keys allowed here are name, upstream, rpm, tpm'],
  ['azureOpenAi.deployments.0.tier', 'x', 'the keys allowed here are name, model'],
  ['gateway.resources.limits.gpu', '1', 'the keys allowed here are cpu, memory'],
  ['monitoring.alerts.webhooks', ['x'], 'the keys allowed here are emails, actionGroupIds'],
  ['names.vault', 'kv', 'the keys allowed here are resourceGroup'],
  ['terraform.path', 'x', 'the keys allowed here are backend, resourceGroup, storageAccount, container'],
];

const identities: Mistake[] = [
  ['organization', 'ACME Inc.', 'is no organization'],
  ['location', 'West Europe', 'is no Azure region; write it as eastus2'],
  ['host', 'https://llm.example.com', 'is no public host name; write it as llm.example.com'],
  ['host', '10.0.0.1', 'is no public host name'],
  ['administrators', ['me'], 'is no object id', 'administrators.0'],
  ['names.natAddress', 'PIP-custom-ingress', 'is also names.', 'names.ingressAddress'],
  ['subscriptionId', 'production', 'is no subscription id'],
  ['secretsRevision', 0, 'is out of range; use at least 1'],
  ['tags', { '': 'x' }, 'has too few characters; use at least 1', 'tags.'],
  ['terraform.backend', 's3', "'local' | 'azurerm'"],
  ['terraform.storageAccount', 'St-Acme', 'is no storage account name'],
  ['names.keyVault', 'kv--acme', "breaks Azure's rule for this name: 3 to 24 letters"],
  ['names.registry', 'cr-acme', "breaks Azure's rule for this name: 5 to 50 letters and digits"],
  ['names.cluster', '-aks', "breaks Azure's rule for this name: 1 to 54 letters"],
];

const ranges: Mistake[] = [
  ['network.addressSpace', '172.16.0.0', 'is no IPv4 network; write it as 10.30.0.0/23'],
  ['network.addressSpace', '172.16.0.1/16', 'has host bits set; the network that holds it is 172.16.0.0/16'],
  ['network.subnets.ingress', '10.9.0.0/24', 'lies outside network.addressSpace 172.16.0.0/16'],
  ['network.subnets.ingress', '172.16.0.0/24', 'overlaps network.subnets.aks 172.16.0.0/22'],
  ['network.subnets.ingress', '172.16.4.0/26', 'overlaps network.subnets.privateEndpoints 172.16.4.0/25'],
  ['network.subnets.ingress', '172.16.5.0/30', 'is smaller than the /29 that Azure allows'],
  ['network.podCidr', '172.16.128.0/17', 'overlaps network.addressSpace 172.16.0.0/16'],
  ['network.serviceCidr', '172.16.128.0/17', 'overlaps network.addressSpace 172.16.0.0/16'],
  ['network.serviceCidr', '172.20.0.0/25', 'is no range for Services; use /12'],
  ['network.serviceCidr', '192.168.0.0/24', 'overlaps network.podCidr 192.168.0.0/16'],
  [
    'network.linkedVirtualNetworks',
    ['vnet-hub'],
    'is no resource id of a VNet; az network vnet show',
    'network.linkedVirtualNetworks.0',
  ],
  [
    'network.linkedVirtualNetworks',
    [...everything.network.linkedVirtualNetworks, ...everything.network.linkedVirtualNetworks],
    'names a VNet twice',
  ],
  ['cluster.authorizedIpRanges', ['203.0.113.7/24'], 'has host bits set', 'cluster.authorizedIpRanges.0'],
  ['keyVault.allowedIpRanges', ['home'], 'is no IPv4 address or network', 'keyVault.allowedIpRanges.0'],
];

const sixteen = Array.from({ length: 16 }, (_, n) => `9.9.9.${n}`);

const resolvers: Mistake[] = [
  ['dns.mode', 'on', 'is none of the allowed values; use "off", "minimal" or "full"'],
  ['dns.publicResolvers', ['dns.google', '8.8.8.8'], 'is no IPv4 address', 'dns.publicResolvers.0'],
  ['dns.publicResolvers', ['8.8.8.8'], 'lacks a second resolver'],
  ['dns.publicResolvers', ['8.8.8.8', '8.8.8.8'], 'names a resolver twice'],
  ['dns.publicResolvers', ['8.8.8.8', '168.63.129.16'], 'is Azure DNS', 'dns.publicResolvers.1'],
  ['dns.publicResolvers', ['8.8.8.8', '10.1.0.4'], 'is no public address', 'dns.publicResolvers.1'],
  ['dns.publicResolvers', ['8.8.8.8', '100.64.0.4'], 'is no public address', 'dns.publicResolvers.1'],
  ['dns.publicResolvers', ['8.8.8.8', '127.0.0.1'], 'is the CoreDNS pod itself', 'dns.publicResolvers.1'],
  ['dns.publicResolvers', ['8.8.8.8', '169.254.10.10'], 'is link-local', 'dns.publicResolvers.1'],
  ['dns.publicResolvers', sixteen, 'are more servers than CoreDNS takes for a zone, 15'],
  ['dns.zones', { corp: 'google' }, "names no resolver; use 'azure', 'public' or", 'dns.zones.corp'],
  ['dns.zones', { corp: [] }, 'has too few entries; use at least 1', 'dns.zones.corp'],
  ['dns.zones', { corp: ['0.0.0.0'] }, 'is no address of a server', 'dns.zones.corp.0'],
  ['dns.zones', { corp: ['127.0.0.53'] }, 'is the CoreDNS pod itself', 'dns.zones.corp.0'],
  ['dns.zones', { corp: ['169.254.10.11'] }, 'is link-local', 'dns.zones.corp.0'],
  [
    'dns.zones',
    { corp: ['10.50.0.4', '172.20.0.10'] },
    'is an address of the cluster (network.serviceCidr 172.20.0.0/16)',
    'dns.zones.corp.1',
  ],
  [
    'dns.zones',
    { corp: ['192.168.3.4'] },
    'is an address of the cluster (network.podCidr 192.168.0.0/16)',
    'dns.zones.corp.0',
  ],
  ...[
    ['.', 'is every name there is'],
    ['', 'is no DNS zone; write it as corp.example.com'],
    ['Corp.example', 'is no DNS zone'],
    ['corp.example.', 'is no DNS zone'],
    ['corp..example', 'is no DNS zone'],
    ['corp example', 'is no DNS zone'],
    ['corp.example:5353', 'is no DNS zone'],
    ['corp {$HOME}', 'is no DNS zone'],
    ['a.example {\n}\nb.example', 'is no DNS zone'],
    ['local', 'takes names of svc.cluster.local away from the cluster'],
    ['cluster.local', 'takes names of svc.cluster.local'],
    ['litellm.svc.cluster.local', 'takes names of svc.cluster.local'],
    ['arpa', 'takes names of in-addr.arpa'],
    ['10.in-addr.arpa', 'takes names of in-addr.arpa'],
    ['ip6.arpa', 'takes names of ip6.arpa'],
  ].map(
    ([zone = '', message = '']): Mistake => ['dns.zones', { [zone]: 'public' }, message, `dns.zones.${zone}`],
  ),
];

const services: Mistake[] = [
  ['cluster.kubernetesVersion', 'latest', 'is no Kubernetes version; write it as 1.36'],
  ['cluster', { kubernetesVersion: '1.36.2' }, 'use 1.36, or', 'cluster.kubernetesVersion'],
  ['cluster.zones', ['4'], 'is none of the allowed values; use "1", "2" or "3"', 'cluster.zones.0'],
  ['cluster.userPool.minCount', 10, 'is above maxCount 9; an autoscaler needs minCount <= maxCount'],
  ['cluster.userPool.maxPods', 30, 'is out of range; use at least 50'],
  ['cluster.userPool.maxSurge', 'half', 'is no surge; write it as 1 or 10%'],
  ['cluster.userPool.vmSize', 'D4s', 'is no VM size; write it as Standard_D4s_v5'],
  ['cluster.networkPolicy', 'calico', 'is none of the allowed values; use "azure" or "cilium"'],
  ['cluster.zones', ['1', '1'], 'names a zone twice'],
  ['cluster.upgradeChannel', 'stable', 'is none of the allowed values; use "patch", "node-image" or "none"'],
  ['cluster.maintenance.utcOffset', '+15:00', 'is no offset; write it as +00:00'],
  ['cluster.maintenance.startTime', '24:00', 'is no time of day; write it as 02:00'],
  ['cluster.maintenance.duration', 2, 'is out of range; use at least 4'],
  ['postgres.sku', 'Standard_B2ms', 'is no SKU; write it as GP_Standard_D2ds_v5'],
  ['postgres.sku', 'B_Standard_B2ms', 'postgres.sku is B_Standard_B2ms', 'postgres.highAvailability'],
  ['postgres.storageGb', 100, 'is none of the allowed values; use 32, 64, 128, '],
  ['postgres.backupRetentionDays', 36, 'is out of range; use at most 35'],
  ['redis.sku', 'Standard_C1', 'is none of the allowed values; use "Balanced_B0", '],
  ['redis.authentication', 'password', 'is none of the allowed values; use "entra" or "access-key"'],
  ['keyVault.softDeleteRetentionDays', 6, 'is out of range; use at least 7'],
  ['monitoring.retentionDays', 7, 'is out of range; use at least 30'],
  ['monitoring.alerts.emails', ['on-call'], 'is no e-mail address', 'monitoring.alerts.emails.0'],
  ['monitoring.alerts.emails', ['a@b.example', 'A@b.example'], 'names an address twice'],
  ['monitoring.alerts.actionGroupIds', ['ag'], 'is no resource id', 'monitoring.alerts.actionGroupIds.0'],
  ['monitoring.alerts.actionGroupIds', [actionGroup('a'), actionGroup('A')], 'names an action group twice'],
  ['monitoring.alerts.actionGroupIds', [...'abcde'].map(actionGroup), 'use at most 4'],
  ['ingress.className', 'F5 NGINX', 'is no Kubernetes name'],
  ['ingress.namespace', 'Ingress', 'is no Kubernetes name'],
  ['ingress.acme.email', 'nobody', 'is no e-mail address'],
  ['ingress.dnsZone.name', 'other.example', 'is no zone of the host ai.umbrella.example'],
  ['ingress.privateDnsZone.name', 'other.example', 'is no zone of the host ai.umbrella.example'],
  ['ingress.controller', 'haproxy', 'nginx'],
  ['ingress.acme.solver', 'http01', "Let's Encrypt has to reach the host to ask it; use dns01"],
  ['ingress.allowedIpRanges', ['10.50.0.0'], 'is no IPv4 network', 'ingress.allowedIpRanges.0'],
  ['ingress.dnsZone', undefined, 'is required by ingress.acme.solver dns01'],
  ['subscriptionId', undefined, 'is required by ingress.acme.solver dns01'],
  ['ingress.privateAddress', '10.0.0.9', 'is no free address of network.subnets.ingress 172.16.5.0/26'],
  [
    'ingress.privateAddress',
    '172.16.5.3',
    'of which Azure keeps the first four and the last; use 172.16.5.4',
  ],
  ['ingress.privateAddress', '172.16.5.63', 'of which Azure keeps the first four and the last'],
  ['ingress.privateAddress', '172.16.5', 'is no IPv4 address'],
];

const models: Mistake[] = [
  ['azureOpenAi.apiVersion', '2024', 'is no API version; write it as 2024-10-21'],
  ['azureOpenAi.deployments', [], 'has too few entries; use at least 1'],
  ['azureOpenAi.deployments.0.name', 'a b', 'is no deployment name'],
  ['azureOpenAi.deployments.0.capacity', 0, 'is out of range; use at least 1'],
  [
    'azureOpenAi.deployments',
    ['gpt-4.1', 'GPT-4-1'].map(name => ({ name, model: 'x', version: '1', servedAs: `as-${name}` })),
    'is, but for case and punctuation, the name of another deployment, gpt-4.1',
    'azureOpenAi.deployments.1.name',
  ],
  [
    'catalogue.providers.acme.baseUrl',
    'http://models.umbrella.example',
    'is no public https URL; write it as https://api.example.com/v1',
  ],
  [
    'catalogue.providers.acme.baseUrl',
    'models.umbrella.example',
    'is no public https URL; write it as https://api.example.com/v1',
  ],
  [
    'catalogue.providers.acme.baseUrl',
    'https://opencode.ai/zen/go/v1',
    'appends /v1/messages: requests would go to /zen/go/v1/v1/messages and get 404; use https://opencode.ai/zen/go',
  ],
  [
    'catalogue.providers.acme.baseUrl',
    'https://api.example/v1/messages/',
    'appends /v1/messages: requests would go to /v1/messages/v1/messages and get 404; use https://api.example',
  ],
  [
    'catalogue.providers.acme',
    {
      ...minimal.catalogue.providers.acme,
      baseUrl: 'https://opencode.ai/zen/v1/chat/completions',
      models: ['umbrella-large'],
    },
    'requests would go to /zen/v1/chat/completions/chat/completions and get 404; use https://opencode.ai/zen/v1',
    'catalogue.providers.acme.baseUrl',
  ],
  [
    'catalogue.providers.acme.protocol',
    'gemini',
    'is none of the allowed values; use "openai" or "anthropic"',
  ],
  ['catalogue.providers.acme.apiKeySecret', 'ACME_KEY', 'is no secret name; use lowercase words'],
  ['catalogue.providers.acme.apiKeySecret', 'acme-credential', 'is no secret name; use lowercase words'],
  ['catalogue.providers.acme.apiKeySecret', 'litellm-master-key', "begins like one of the gateway's own"],
  ['extensions.secrets', ['redis-password'], "begins like one of the gateway's own", 'extensions.secrets.0'],
  ['catalogue.providers.acme.baseUrl', 'https://acme.example:8443/v1', 'is no public https URL'],
  ['catalogue.providers.acme.models.0.inputPrice', -1, 'is out of range; use at least 0'],
  ['catalogue.providers.acme.models', [], 'has too few entries; use at least 1'],
  ['catalogue.providers.acme.models.0', 5, 'is no model; write its name, or an object with one'],
  [
    'catalogue.aliases',
    { new: 'nosuch' },
    'names no model ("nosuch"); known are answers-large',
    'catalogue.aliases.new',
  ],
  ['catalogue.aliases', { 'two words': 'umbrella-large' }, 'is no model name', 'catalogue.aliases.two words'],
  [
    'catalogue.fallbacks',
    { 'answers-large': ['umbrella-large', 'nosuch'] },
    'names no model ("nosuch")',
    'catalogue.fallbacks.answers-large.1',
  ],
  [
    'catalogue.fallbacks',
    { nosuch: ['umbrella-large'] },
    'names no model ("nosuch"); known are answers-large, umbrella-large, old-name',
    'catalogue.fallbacks.nosuch',
  ],
  [
    'catalogue.contentPolicyFallbacks',
    { 'answers-large': ['nosuch'] },
    'names no model ("nosuch")',
    'catalogue.contentPolicyFallbacks.answers-large.0',
  ],
  [
    'azureOpenAi.deployments.0.servedAs',
    'umbrella-large',
    'serves "umbrella-large" more than once',
    'catalogue',
  ],
  [
    'catalogue.aliases',
    { 'umbrella-large': 'answers-large' },
    'serves "umbrella-large" more than once',
    'catalogue',
  ],
  [
    'extensions.mcpServers',
    { 'my-docs': { url: 'https://x.example' } },
    'is no MCP server name',
    'extensions.mcpServers.my-docs',
  ],
  [
    'extensions.mcpServers.docs.url',
    'ftp://x',
    'is no public https URL; write it as https://api.example.com/v1',
  ],
  ['extensions.guardrails.0.mode', 'always', 'is none of the allowed values; use "pre_call", '],
];

const gateway: Mistake[] = [
  ['gateway.image', 'ghcr.io/berriai/litellm:v1.102.0', 'is not pinned by registry, tag and digest'],
  [
    'gateway.image',
    `ghcr.io/berriai/litellm-non_root:v1.82.7@sha256:${'0'.repeat(64)}`,
    'is a compromised release (1.82.7 and 1.82.8 are denied)',
  ],
  [
    'gateway.image',
    `ghcr.io/berriai/litellm-non_root:main-stable@sha256:${'0'.repeat(64)}`,
    'has the floating tag "main-stable"',
  ],
  ['gateway.replicas.min', 13, 'is above gateway.replicas.max 12; use min <= max'],
  ['gateway.replicas.min', 1, 'is out of range; use at least 2'],
  ['gateway.replicas.max', 1.5, 'is a fraction; use a whole number', 'gateway.replicas.max'],
  ['gateway.resources.requests.cpu', '1 core', 'is no CPU quantity; write it as 1 or 500m'],
  ['gateway.resources.limits.memory', '4G', 'is no memory quantity; write it as 4Gi or 512Mi'],
  ['gateway.resources.requests.cpu', '4', 'is above gateway.resources.limits.cpu 3'],
  ['gateway.resources.requests.memory', '7169Mi', 'is above gateway.resources.limits.memory 7Gi'],
  ['gateway.autoscaling.cpu', 101, 'is out of range; use at most 100'],
  ['gateway.requestTimeoutSeconds', '600', 'is a string; use a number'],
  ['gateway.redis.healthCheckSeconds', 30, 'is out of range; use at most 29'],
  ['gateway.env', { 'my-var': 'x' }, 'is no environment variable; use capitals', 'gateway.env.my-var'],
  [
    'gateway.settings',
    { litellm_settings: true },
    'is no block of settings',
    'gateway.settings.litellm_settings',
  ],
];

describe.each([
  ['an unknown key', unknownKeys],
  ['a name or an identity', identities],
  ['an address range', ranges],
  ['a resolver or a zone', resolvers],
  ['a service', services],
  ['a model', models],
  ['the gateway', gateway],
])('a mistake about %s', (_about, mistakes) => {
  test.each(mistakes)('at %s, given %j, is reported: %s', (path, value, fragment, reportedAt = path) => {
    const problems = problemsIn(withValue(everything, path, value));
    expect(problems).toContainEqual(
      expect.objectContaining({
        where: 'environments/test.ts',
        path: reportedAt,
        given: problems.find(problem => problem.path === reportedAt)?.given,
        message: expect.stringContaining(fragment),
      }),
    );
  });
});

test.each([
  ['ingress.privateAddress', '10.30.3.9', 'is for ingress.exposure internal; leave it out'],
  [
    'ingress.privateDnsZone',
    { name: 'acme.example' },
    'is for ingress.exposure internal; use ingress.dnsZone',
  ],
])('%s is refused where the gateway is public', (path, value, fragment) => {
  expect(problemsIn(withValue(minimal, path, value))).toEqual([
    expect.objectContaining({ path, message: expect.stringContaining(fragment) }),
  ]);
});

test('a problem shows the value that was given, as the file has it', () => {
  expect(problemsIn(withValue(minimal, 'host', 'no host'))).toEqual([
    {
      where: 'environments/test.ts',
      path: 'host',
      given: '"no host"',
      message: 'is no public host name; write it as llm.example.com',
    },
  ]);
  expect(problemsIn(withValue(minimal, 'gateway', { workers: 17 }))[0]).toMatchObject({ given: '17' });
  expect(problemsIn(withValue(minimal, 'host', undefined))[0]).toMatchObject({ given: 'nothing' });
});

test('nothing is served without a provider and without Azure OpenAI', () => {
  expect(problemsIn({ ...minimal, catalogue: {} })).toMatchObject([
    { path: 'catalogue', message: expect.stringContaining('serves no model') },
  ]);
});

test('everything that is wrong with a file is reported at once, over all sections', () => {
  const file = {
    ...minimal,
    host: 'no host',
    colour: 'red',
    network: { subnets: { aks: '10.99.0.0/24' }, podCidr: '10.0.0.0/8' },
    ingress: { acme: { email: 'nobody' }, className: 'F5' },
    postgres: { sku: 'B_Standard_B1ms', highAvailability: 'SameZone' },
    catalogue: { ...minimal.catalogue, aliases: { old: 'nosuch' } },
    gateway: { image: 'litellm:latest', replicas: { min: 3, max: 2 }, env: { lower: 'x' } },
  };
  expect(
    problemsIn(file, 'Not_A_Name')
      .map(({ path }) => path)
      .sort(),
  ).toEqual([
    '',
    'catalogue.aliases.old',
    'colour',
    'gateway.env.lower',
    'gateway.image',
    'gateway.replicas.min',
    'host',
    'ingress.acme.email',
    'ingress.className',
    'network.podCidr',
    'network.serviceCidr',
    'network.subnets.aks',
    'postgres.highAvailability',
  ]);
});

test.each([
  undefined,
  null,
  'text',
  7,
  [],
])('a file that exports %j is refused, not met with a crash', file => {
  const parsed = parseEnvironment('test', file);
  expect(parsed).toMatchObject({ problems: [{ where: 'environments/test.ts', path: '' }] });
});

test('a credential in the wrong place is not repeated, whatever else is wrong with it', () => {
  const pasted = `sk-${'canary'.repeat(5)}`;
  for (const path of [
    'catalogue.providers.acme.apiKeySecret',
    'catalogue.providers.acme.baseUrl',
    'host',
    'colour',
  ]) {
    const problems = problemsIn(withValue(everything, path, pasted));
    expect(problems.map(problem => problem.path)).toContain(path);
    expect(JSON.stringify(problems)).not.toContain('canary');
  }
});

test('problems are printed one below the other: where, what was given, what is wrong', () => {
  const error = new ProblemsError([
    { where: 'environments/dev.ts', path: 'host', given: '"x y"', message: 'is no host name' },
    { where: 'environments', path: '', message: 'is empty' },
  ]);
  expect(error.message).toBe(
    `2 problems

  environments/dev.ts: host
    given    "x y"
    problem  is no host name

  environments
    problem  is empty`,
  );
});

describe("the environment's own VNet among those that are linked", () => {
  const subscriptionId = '11111111-2222-4333-8444-555555555555';
  const linked = (subscription: string) => ({
    ...minimal,
    subscriptionId,
    network: {
      linkedVirtualNetworks: [
        `/subscriptions/${subscription}/resourceGroups/RG-LLM-test/providers/Microsoft.Network/virtualNetworks/vnet-llm-test`,
      ],
    },
  });

  test('is refused, however Azure spells it', () => {
    expect(problemsIn(linked(subscriptionId))).toMatchObject([
      { path: 'network.linkedVirtualNetworks.0', message: expect.stringContaining('own VNet') },
    ]);
  });

  test('is said together with the credential beside it', () => {
    const tags = { note: 'Bearer abcdefghijklmnop' };
    expect(problemsIn({ ...linked(subscriptionId), tags })).toMatchObject([
      { path: 'tags.note' },
      { path: 'network.linkedVirtualNetworks.0' },
    ]);
  });

  test('is another one in another subscription', () => {
    expect(problemsIn(linked('99999999-2222-4333-8444-555555555555'))).toEqual([]);
  });
});

test('a credential is one problem, whatever else it is not', () => {
  expect(problemsIn({ ...minimal, organization: 'sk-ant-api03-abcdefghijklmnop' })).toEqual([
    expect.objectContaining({ path: 'organization', given: '(hidden)' }),
  ]);
});

test.each([
  [Number.NaN, 'NaN', 'is no finite number'],
  [1n, '1', 'is a bigint'],
])('the value %p, which JSON does not know, is shown', (secretsRevision, given, message) => {
  expect(problemsIn({ ...minimal, secretsRevision })).toEqual([
    expect.objectContaining({ path: 'secretsRevision', given, message: expect.stringContaining(message) }),
  ]);
});

test.each([
  [undefined, 'exports nothing; end it with export default'],
  [Promise.resolve(minimal), 'exports a Promise'],
])('a file that exports %p is told what to export', (file, message) => {
  expect(readEnvironment('test', new Map([['test', file]]))).toEqual({
    problems: [{ where: 'environments/test.ts', path: '', message: expect.stringContaining(message) }],
  });
});

test('a tag that every resource has already is not overridden in silence', () => {
  expect(problemsIn({ ...minimal, tags: { 'managed-by': 'me' } })).toEqual([
    expect.objectContaining({ path: 'tags', message: expect.stringContaining('choose another name') }),
  ]);
});
