import { everything } from '../__tests__/fixtures/everything';
import { environmentFiles, environmentOf } from '../__tests__/helpers/environment';
import { AZURE_DNS } from '../config/dns';
import { answer, answers, client, each } from './harness/dns-client';
import { DnsStage, service, withDns } from './harness/dns-stage';
import { privateEndpoint } from './harness/internet';

const stage = new DnsStage();

beforeAll(() => stage.start());
afterAll(() => stage.stop());

const modes = ['off', 'minimal', 'full'] as const;
const files = [...environmentFiles(), ['everything', everything] as const];
const cases = files.flatMap(([name, file]) =>
  modes.map(mode => ({ name, mode, environment: withDns(environmentOf(file, name), { mode }) })),
);

describe.each(cases)('$name with mode $mode', ({ mode, environment }) => {
  const { host, ingress, names, endpoints, catalogue, extensions, dns } = environment;
  const [first = ''] = dns.publicResolvers;

  beforeAll(() => stage.serve(environment));
  afterAll(() => stage.aks.server.stop());

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
