import { Resolver as Client } from 'node:dns/promises';
import { everything } from '../__tests__/fixtures/everything';
import { minimal } from '../__tests__/fixtures/minimal';
import { environmentFiles, environmentOf, problemsIn } from '../__tests__/helpers/environment';
import { outputs } from '../__tests__/helpers/render';
import { corefile } from '../charts/corefile';
import { dnsZones } from '../charts/dns-zones';
import { AZURE_DNS, type Dns } from '../config/dns';
import type { Environment } from '../config/environment';
import { AksDns, useNodeResolver } from './harness/aks-dns';
import { ApiServer } from './harness/api-server';
import { command } from './harness/command';
import { azureDns, createInternet, privateEndpoint, Resolver } from './harness/internet';
import { createNetwork } from './harness/network';
import { poll } from './harness/poll';
import { render } from './harness/rendered';

const GOOGLE = '8.8.8.8';
const CLOUDFLARE = '1.1.1.1';
const CORPORATE = '10.99.0.4';

/** The one Service that an API server makes itself. */
const service = { name: 'kubernetes.default.svc.cluster.local', address: '10.96.0.1' };

/** Of CoreDNS, where `network.serviceCidr` is its default. */
const DNS_SERVICE = '10.0.0.10';

const api = new ApiServer();
const google = new Resolver(GOOGLE);
const resolvers = [
  google,
  azureDns(AZURE_DNS),
  ...[CLOUDFLARE, CORPORATE, ...everything.dns.publicResolvers].map(address => new Resolver(address)),
];
let aks: AksDns;

beforeAll(async () => {
  createNetwork();
  createInternet();
  command('ip', ['address', 'add', `${DNS_SERVICE}/32`, 'dev', 'lo']);
  useNodeResolver(AZURE_DNS);
  await Promise.all([api.start(), ...resolvers.map(resolver => resolver.start())]);
});

afterAll(() => Promise.all([api.stop(), ...resolvers.map(resolver => resolver.stop())]));

const modes = ['off', 'minimal', 'full'] as const;
const files = [...environmentFiles(), ['everything', everything] as const];
const cases = files.flatMap(([name, file]) =>
  modes.map(mode => ({ name, mode, environment: withDns(environmentOf(file, name), { mode }) })),
);

describe.each(cases)('$name with mode $mode', ({ mode, environment }) => {
  const { host, ingress, names, endpoints, catalogue, extensions, dns } = environment;
  const [first = ''] = dns.publicResolvers;

  beforeAll(() => serve(environment));
  afterAll(() => aks.server.stop());

  test('names that the gateway lives by go to the first public resolver', async () => {
    const urls = [
      ...Object.values(catalogue.providers).map(({ baseUrl }) => baseUrl),
      ...Object.values(extensions.mcpServers).map(({ url }) => url),
    ];
    const acme = ['acme-v02.api.letsencrypt.org', 'acme-staging-v02.api.letsencrypt.org'];
    const own = ingress.exposure === 'public' ? [host] : [];
    const asked = [...own, ...acme, ...urls.map(url => new URL(url).hostname)];
    expect(await answers(asked)).toEqual(each(asked, mode === 'off' ? AZURE_DNS : first));
  });

  test('the name of an internal gateway is for Azure DNS, which knows its private zone', async () => {
    const own = ingress.exposure === 'internal' ? [host] : [];
    expect(await answers(own)).toEqual(each(own, AZURE_DNS));
  });

  test('names of the data services become private endpoints', async () => {
    const { postgres, redis, registry, azureOpenAi } = endpoints;
    const vault = `${names.keyVault}.vault.azure.net`;
    const asked = [postgres, redis, registry, vault, new URL(azureOpenAi).hostname];
    expect(await answers(asked)).toEqual(each(asked, privateEndpoint));
  });

  test("what the cluster and Azure's own services ask for goes to Azure DNS", async () => {
    const asked = [
      'aks-llm-1a2b3c4d.hcp.eastus2.azmk8s.io',
      'login.microsoftonline.com',
      'management.azure.com',
      'mcr.microsoft.com',
      'eastus2.data.mcr.microsoft.com',
      'packages.microsoft.com',
      'acs-mirror.azureedge.net',
      'stllm.blob.core.windows.net',
      'global.handler.control.monitor.azure.com',
      'ods.opinsights.azure.com',
      'dc.services.visualstudio.com',
      'vm.x.bx.internal.cloudapp.net',
    ];
    expect(await answers(asked)).toEqual(each(asked, AZURE_DNS));
  });

  test("Azure's search domains make no name, and nobody is asked for one", async () => {
    const asked = ['mcr.microsoft.com.x.bx.internal.cloudapp.net', 'mcr.microsoft.com.reddog.microsoft.com'];
    expect(await answers(asked)).toEqual(each(asked, 'ENOTFOUND'));
  });

  test('the cluster answers for itself, in both directions', async () => {
    expect(await answer(service.name)).toBe(service.address);
    expect(await client().reverse(service.address)).toEqual([service.name]);
  });

  test('any other public name goes to a public resolver with mode full only, any other private one never', async () => {
    const asked = ['registry.npmjs.org', 'example.com', 'example.co.nz', 'xn--80ak6aa92e.xn--p1ai'];
    expect(await answers(asked)).toEqual(each(asked, mode === 'full' ? first : AZURE_DNS));
    const inside = ['files.corp', 'printer.lan', 'api.internal'];
    expect(await answers(inside)).toEqual(each(inside, AZURE_DNS));
  });

  test('a zone of its own goes where it says, in every mode', async () => {
    for (const [zone, [address]] of Object.entries(dns.zones)) {
      expect(await answer(`git.${zone}`)).toBe(address);
    }
  });
});

describe("the article's ACME self-check, where a private zone of the network hides the host", () => {
  afterEach(() => aks.server.stop());

  test.each([
    ['off', 'ENOTFOUND'],
    ['minimal', GOOGLE],
    ['full', GOOGLE],
  ] as const)('with mode %s sees %s', async (mode, expected) => {
    await serve(withDns(environmentOf(minimal), { mode }));
    expect(await answer(minimal.host)).toBe(expected);
  });
});

describe('an alias of a name behind a private endpoint', () => {
  const name = 'chat.partner.example';
  afterEach(() => aks.server.stop());

  test('is resolved to its end by whoever was asked for it: a public resolver finds the public address', async () => {
    await serve(withDns(environmentOf(minimal), { zones: { 'partner.example': 'public' } }));
    expect(await answer(name)).toBe(GOOGLE);
    expect(await answer('oai.openai.azure.com')).toBe(privateEndpoint);
  });

  test('becomes the private endpoint where its own zone is at Azure DNS', async () => {
    await serve(
      withDns(environmentOf(minimal), {
        mode: 'full',
        zones: { [name]: 'azure', 'partner.example': 'public' },
      }),
    );
    expect(await answer(name)).toBe(privateEndpoint);
    expect(await answer('www.partner.example')).toBe(GOOGLE);
  });
});

describe('the second public resolver', () => {
  beforeEach(() => serve(environmentOf(minimal)));
  afterEach(async () => {
    await aks.server.stop();
    google.appear();
    await google.start();
  });

  test('answers, at the first question, when the first one refuses it', async () => {
    await google.stop();
    expect(await answer(minimal.host)).toBe(CLOUDFLARE);
  });

  test('answers, at the first question, when the first one is silent', async () => {
    google.vanish();
    expect(await answer(minimal.host)).toBe(CLOUDFLARE);
    await google.stop();
  });
});

describe('a changed ConfigMap', () => {
  const before = withDns(environmentOf(minimal), { mode: 'off' });
  const after = withDns(before, { zones: { 'corp.example': [CORPORATE] } });
  beforeEach(() => serve(before));
  afterEach(() => aks.server.stop());

  test('is taken up without a restart: the reload plugin looks into imported files too', async () => {
    expect(await answer('git.corp.example')).toBe(AZURE_DNS);
    aks.mount(keys(after));
    await reloaded(1);
    expect(await answer('git.corp.example')).toBe(CORPORATE);
    aks.mount(keys(before));
    await reloaded(2);
    expect(await answer('git.corp.example')).toBe(AZURE_DNS);
  });

  test('that CoreDNS cannot load leaves the old one in force, which only its log tells', async () => {
    aks.mount({ 'mistake.server': '.:53 {\n    whoami\n}\n' });
    await poll('the mistake is logged', () => /reload failed/.test(aks.server.log) || undefined);
    expect(await answer('git.corp.example')).toBe(AZURE_DNS);
    await aks.server.stop();
    await expect(aks.server.start()).rejects.toThrow('cannot serve dns://.:53 - it is already defined');
  });

  test('to mode off, takes back the keys of another mode, and leaves those of others', () => {
    const { kubectl } = api;
    const object = ['--namespace', 'kube-system', 'configmap', 'coredns-custom'];
    const apply = (environment: Environment, label: string) => {
      const paths = render(environment, outputs, label).paths.filter(path => path.endsWith('-coredns.yaml'));
      for (const path of paths) expect(kubectl.apply(path)).toMatchObject({ status: 0, stderr: '' });
      return JSON.parse(kubectl.ok('get', ...object, '--output=json')).data;
    };
    expect(Object.keys(apply(environmentOf(minimal), 'patched'))).toEqual(['zones.server']);
    kubectl.ok('patch', ...object, '--type=merge', '--patch={"data":{"theirs.server":"# theirs"}}');
    expect(apply(before, 'off')).toEqual({ 'theirs.server': '# theirs' });
  });

  async function reloaded(times: number): Promise<void> {
    const count = () => [...aks.server.log.matchAll(/Reloading complete/g)].length;
    await poll(`reload ${times}`, () => count() === times || undefined);
  }
});

describe('what the article wants, said in one place', () => {
  afterEach(() => aks.server.stop());

  test("a second forward in AKS's own server block is never asked", async () => {
    await serveKeys({ 'public.override': 'forward . 8.8.8.8' });
    expect(await answer('example.com')).toBe(AZURE_DNS);
  });

  test("a server block for everything beside AKS's own stops CoreDNS", async () => {
    const started = serveKeys({ 'public.server': '.:53 {\n    forward . 8.8.8.8\n}\n' });
    await expect(started).rejects.toThrow('cannot serve dns://.:53 - it is already defined');
  });
});

/** What synth refuses, and what the real CoreDNS makes of it. */
describe('refused at synth', () => {
  afterEach(() => aks.server.stop());

  const fatal: [string, Partial<Dns>, string][] = [
    ['everything', { zones: { '.': 'public' } }, 'cannot serve dns://.:53 - it is already defined'],
    [
      'a zone twice',
      { zones: { 'corp.example': 'azure', 'corp.example.': 'public' } },
      'cannot serve dns://corp.example.:53 - it is already defined',
    ],
    ['an empty label', { zones: { 'corp..example': 'public' } }, 'zone is not a valid domain name'],
    ['a zone without a name', { zones: { '': 'public' } }, 'zone is not a valid domain name'],
    [
      'sixteen resolvers',
      { zones: { corp: Array.from({ length: 16 }, (_, n) => `10.99.0.${n}`) } },
      'more than 15 TOs configured',
    ],
    ['a resolver by name', { zones: { corp: ['dns.google'] } }, 'not an IP address or file'],
  ];
  test.each(fatal)('%s: CoreDNS does not start', async (_, dns, message) => {
    const environment = refusing(dns);
    await expect(serve(environment)).rejects.toThrow(message);
  });

  test.each([
    'Corp.example',
    'corp.example:5353',
    '{$HOME}.corp.example',
  ])('the zone %s: CoreDNS starts, and never finds a name in it', async zone => {
    await serve(refusing({ zones: { [zone]: [CORPORATE] } }));
    expect(await answers(['git.corp.example', 'root.corp.example'])).toEqual({
      'git.corp.example': AZURE_DNS,
      'root.corp.example': AZURE_DNS,
    });
  });

  test.each([
    'local',
    'cluster.local',
    'svc.cluster.local',
  ])('the zone %s: Services have no names any more', async zone => {
    await serve(refusing({ zones: { [zone]: 'public' } }));
    expect(await answer(service.name)).toBe(GOOGLE);
  });

  test.each([
    'arpa',
    'in-addr.arpa',
    '96.10.in-addr.arpa',
  ])('the zone %s: addresses of Services have no names any more', async zone => {
    await serve(refusing({ zones: { [zone]: 'public' } }));
    await expect(client().reverse(service.address)).rejects.toThrow();
  });

  test('two zones in one: the second half is taken as a zone of its own', async () => {
    await serve(refusing({ zones: { 'corp example': [CORPORATE] } }));
    expect(await answer('www.example')).toBe(CORPORATE);
  });

  test('a zone with configuration in it: CoreDNS does what it says', async () => {
    await serve(
      refusing({
        zones: {
          'a.example {\n    hosts {\n        10.66.6.6 stolen.a.example\n    }\n}\nb.example': 'public',
        },
      }),
    );
    expect(await answer('stolen.a.example')).toBe('10.66.6.6');
  });

  test.each([
    '127.0.0.1',
    DNS_SERVICE,
  ])('CoreDNS itself (%s) as a resolver: questions go round until they time out', async address => {
    await serve(refusing({ zones: { 'corp.example': [address] } }));
    expect(await answer('git.corp.example')).toMatch(/ESERVFAIL|ETIMEOUT/);
  });

  test('one public resolver alone: when it is away, names are too', async () => {
    await serve(refusing({ publicResolvers: [CORPORATE.replace('.4', '.5')] }));
    expect(await answer(minimal.host)).toMatch(/ESERVFAIL|ETIMEOUT/);
  });

  test('Azure DNS as a public resolver: a private zone hides the host again', async () => {
    await serve(refusing({ publicResolvers: [AZURE_DNS, CLOUDFLARE] }));
    expect(await answer(minimal.host)).toBe('ENOTFOUND');
  });

  /** An environment that has what the schema does not let through. */
  function refusing(dns: Partial<Dns>): Environment {
    expect(problemsIn({ ...minimal, dns }).length).toBeGreaterThan(0);
    return withDns(environmentOf(minimal), dns);
  }
});

function withDns(environment: Environment, dns: Partial<Dns>): Environment {
  return { ...environment, dns: { ...environment.dns, ...dns } };
}

function keys(environment: Environment): Record<string, string> {
  return corefile(dnsZones(environment));
}

function serve(environment: Environment): Promise<void> {
  return serveKeys(keys(environment));
}

function serveKeys(custom: Record<string, string>): Promise<void> {
  aks = new AksDns(api, custom);
  return aks.server.start();
}

/** A client as patient as a pod's. */
function client(): Client {
  const made = new Client({ timeout: 6000, tries: 1 });
  made.setServers(['127.0.0.1']);
  return made;
}

/** The address of a name, or the error in its place. */
async function answer(name: string): Promise<string> {
  const [address = ''] = await client()
    .resolve4(name)
    .catch(error => [String(error.code)]);
  return address;
}

async function answers(asked: readonly string[]): Promise<Record<string, string>> {
  return Object.fromEntries(await Promise.all(asked.map(async name => [name, await answer(name)])));
}

function each(asked: readonly string[], expected: string): Record<string, string> {
  return Object.fromEntries(asked.map(name => [name, expected]));
}
