import { AZURE_DOMAINS } from '../charts/azure-domains';
import { AZURE_DNS } from '../config/dns';
import { isWithin, zonesAbove } from '../config/domain';
import type { EnvironmentFile } from '../config/settings';
import { everything } from './fixtures/everything';
import { minimal } from './fixtures/minimal';
import { environmentFiles } from './helpers/environment';
import type { Json } from './helpers/objects';
import { type Rendered, render } from './helpers/render';

interface ServerBlock {
  readonly key: string;
  readonly zones: readonly string[];
  readonly plugins: string;
}

const modes = ['off', 'minimal', 'full'] as const;
const files = [...environmentFiles(), ['everything', everything] as const, ['minimal', minimal] as const];
const outputs = files.flatMap(([name, file]) =>
  modes.map(mode => ({ name, mode, output: withDns(file as EnvironmentFile, { mode }) })),
);

describe.each(outputs)('$name with mode $mode', ({ mode, output }) => {
  const blocks = blocksOf(output);
  const zones = blocks.flatMap(block => block.zones);

  test('names no zone twice, nor the root, nor any that holds names of the cluster', () => {
    expect(new Set(zones).size).toBe(zones.length);
    const cluster = ['10.0.0.10.in-addr.arpa', 'a.ip6.arpa', 'kubernetes.default.svc.cluster.local'];
    for (const name of cluster) expect(zoneOf(name, zones)).toBeUndefined();
    for (const zone of zones) expect(zone).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/);
  });

  test('has only keys that AKS imports beside its own server block', () => {
    expect(blocks.filter(({ key }) => !key.endsWith('.server'))).toEqual([]);
    expect(
      blocks.filter(({ plugins }) => !plugins.includes('forward . ') && !plugins.includes('NXDOMAIN')),
    ).toEqual([]);
  });

  test("leaves Azure's domains to Azure DNS, whatever is above them", () => {
    for (const domain of AZURE_DOMAINS) {
      expect(['AKS', AZURE_DNS]).toContain(whoAnswers(`anything.${domain}`, blocks));
      if (mode === 'full') expect(whoAnswers(domain, blocks)).toBe(AZURE_DNS);
    }
  });

  test('says itself what AKS says of the search domains, where AKS is no longer asked', () => {
    for (const domain of ['internal.cloudapp.net', 'reddog.microsoft.com']) {
      expect(zoneOf(domain, zones)).toBe(mode === 'full' ? domain : undefined);
    }
  });
});

test('the name of an internal gateway stays with Azure DNS, whatever is above it', () => {
  const { host } = everything;
  const zones = { [host.replace(/^[^.]+\./, '')]: 'public' as const };
  expect(whoAnswers(host, blocksOf(withDns(everything, { zones })))).toBe(AZURE_DNS);
});

describe('who answers', () => {
  const { host, endpoints, names } = render(everything).environment;
  const private_ = [
    endpoints.postgres,
    endpoints.redis,
    endpoints.registry,
    `${names.keyVault}.vault.azure.net`,
    new URL(endpoints.azureOpenAi).hostname,
  ];
  const needed = ['acme-v02.api.letsencrypt.org', 'models.umbrella.example', 'tools.umbrella.example'];
  const expected = {
    off: { internal: 'AKS', needed: 'AKS', private_: 'AKS', others: 'AKS' },
    minimal: { internal: 'AKS', needed: '9.9.9.9 149.112.112.112', private_: AZURE_DNS, others: 'AKS' },
    full: {
      internal: 'AKS',
      needed: '9.9.9.9 149.112.112.112',
      private_: AZURE_DNS,
      others: '9.9.9.9 149.112.112.112',
    },
  };

  test.each(modes)('with mode %s', mode => {
    const blocks = blocksOf(withDns(everything, { mode }));
    const answers = (asked: readonly string[]) => [...new Set(asked.map(name => whoAnswers(name, blocks)))];
    expect(answers(needed)).toEqual([expected[mode].needed]);
    expect(answers(private_)).toEqual([expected[mode].private_]);
    expect(answers([host])).toEqual([expected[mode].internal]);
    expect(answers(['registry.npmjs.org', 'example.co.uk'])).toEqual([expected[mode].others]);
    expect(answers(['files.corp', 'printer.lan', 'db.internal'])).toEqual(['AKS']);
    expect(answers(['git.corp.umbrella.example'])).toEqual(['10.99.0.4 10.99.0.5']);
  });

  test("a provider in one of Azure's domains is never asked of a public resolver: it may have a private endpoint", () => {
    const provider = {
      ...minimal.catalogue.providers.acme,
      baseUrl: 'https://other.services.ai.azure.com/v1',
    };
    for (const mode of modes) {
      const output = withDns({ ...minimal, catalogue: { providers: { provider } } }, { mode });
      expect(['AKS', AZURE_DNS]).toContain(whoAnswers('other.services.ai.azure.com', blocksOf(output)));
    }
  });

  test('a zone of dns.zones wins over every rule, and over nothing below it', () => {
    const zones = { 'llm.acme.example': ['10.50.0.4'], 'azure.com': ['10.50.0.5'], com: 'public' } as const;
    const blocks = blocksOf(withDns(minimal, { zones: zones as Json }));
    expect(whoAnswers(minimal.host, blocks)).toBe('10.50.0.4');
    expect(whoAnswers('management.azure.com', blocks)).toBe('10.50.0.5');
    expect(whoAnswers('psql.postgres.database.azure.com', blocks)).toBe(AZURE_DNS);
    expect(whoAnswers('www.example.com', blocks)).toBe('8.8.8.8 1.1.1.1');
    expect(whoAnswers('mcr.microsoft.com', blocks)).toBe(AZURE_DNS);
  });

  test('internal.cloudapp.net can be given back to Azure DNS whole, as AKS documents it', () => {
    const blocks = blocksOf(withDns(minimal, { mode: 'full', zones: { 'internal.cloudapp.net': 'azure' } }));
    expect(blocks.map(({ plugins }) => plugins).join()).not.toContain('cloudapp');
    expect(whoAnswers('vm.internal.cloudapp.net', blocks)).toBe(AZURE_DNS);
  });
});

test('mode off without zones still renders the object, which takes back what an earlier one said', () => {
  expect(withDns(minimal, { mode: 'off' }).object('ConfigMap', 'coredns-custom').data).toEqual({});
});

test('the first resolver is asked first: the second is for when it is away', () => {
  for (const { plugins } of blocksOf(render(everything))) {
    if (plugins.includes('forward . ')) expect(plugins).toMatch(/forward \. .+ \{\n {8}policy sequential\n/);
  }
});

test('a name that a block repeats for the same servers is left out', () => {
  const zones = blocksOf(withDns(minimal, { mode: 'full' })).flatMap(block => block.zones);
  expect(zones).toContain('azure.com');
  expect(zones).not.toContain('postgres.database.azure.com');
  expect(zones).toContain('org');
  expect(zones).not.toContain('acme-v02.api.letsencrypt.org');
});

function withDns(file: EnvironmentFile, dns: EnvironmentFile['dns']): Rendered {
  return render({ ...file, dns: { ...file.dns, ...dns } });
}

function blocksOf(output: Rendered): ServerBlock[] {
  const data: Record<string, string> = output.object('ConfigMap', 'coredns-custom').data;
  return Object.entries(data).flatMap(([key, text]) =>
    [...text.matchAll(/^(\S+:53(?:,\n\S+:53)*) \{\n(.*?)^\}\n/gms)].map(([, keys = '', plugins = '']) => ({
      key,
      zones: keys.split(',\n').map(zone => zone.replace(/:53$/, '')),
      plugins,
    })),
  );
}

/** The longest zone that holds a name. */
function zoneOf(name: string, zones: readonly string[]): string | undefined {
  return [name, ...zonesAbove(name)].find(zone => zones.includes(zone));
}

/** The servers that CoreDNS asks for a name, or AKS if no zone of ours holds it. */
function whoAnswers(name: string, blocks: readonly ServerBlock[]): string {
  const zone = zoneOf(
    name,
    blocks.flatMap(block => block.zones),
  );
  if (zone === undefined) return 'AKS';
  expect(isWithin(name, zone)).toBe(true);
  const plugins = blocks.find(block => block.zones.includes(zone))?.plugins ?? '';
  return /forward \. (.+) \{/.exec(plugins)?.[1] ?? 'nobody';
}
