import type { Options } from '../../verify/options';
import { verifyEnvironment } from '../../verify/verify';
import { minimal } from '../fixtures/minimal';
import { environmentOf } from '../helpers/environment';
import { FakeDns } from '../helpers/fake-dns';
import { testHost } from '../helpers/host';
import { Tools } from '../helpers/tools';

const environment = environmentOf(minimal);
const ADDRESS = '203.0.113.7';
const only = ['address.resolves', 'address.expected'];
const dns01 = { ...minimal.ingress.acme, solver: 'dns01' as const };
const dnsZone = { name: 'acme.example', resourceGroup: 'rg-dns' };
const tools = new Tools();
let dns: FakeDns;

afterEach(() => dns.stop());
afterAll(() => tools.remove());

async function outcomes(options: Partial<Options>, PATH = '/nowhere', of = environment): Promise<string[]> {
  const host = testHost({ env: { LITELLM_MASTER_KEY: 'sk-unused', PATH } });
  await verifyEnvironment(of, host, {
    only,
    json: true,
    timeout: 0.2,
    dnsServer: [dns.address],
    ...options,
  });
  const { checks } = JSON.parse(host.said.out.join('\n')) as { checks: { status: string; found: string }[] };
  return checks.slice(0, 2).map(({ status, found }) => `${status} ${found}`);
}

test('the name resolves to the address that was named', async () => {
  dns = await FakeDns.start({ [environment.host]: [ADDRESS] });
  expect(await outcomes({ address: ADDRESS })).toEqual([`passed ${ADDRESS}`, `passed ${ADDRESS}`]);
});

test('the name resolves to the address that Azure reserved', async () => {
  const { resourceGroup, ingressAddress } = environment.names;
  const question = `network public-ip show --resource-group ${resourceGroup} --name ${ingressAddress} --query ipAddress -o tsv`;
  tools.shell('az', `[ "$*" = "${question}" ] && echo ${ADDRESS}`);
  dns = await FakeDns.start({ [environment.host]: [ADDRESS] });
  expect((await outcomes({}, tools.folder))[1]).toBe(`passed ${ADDRESS}`);
});

test('the name of an internal gateway resolves to the address of its load balancer, which needs no Azure', async () => {
  const internal = environmentOf({
    ...minimal,
    subscriptionId: '00000000-0000-4000-8000-000000000000',
    ingress: { ...minimal.ingress, exposure: 'internal', privateAddress: '10.30.3.9', acme: dns01, dnsZone },
  });
  dns = await FakeDns.start({ [internal.host]: ['10.30.3.9'] });
  expect((await outcomes({}, '/nowhere', internal))[1]).toBe('passed 10.30.3.9');
});

test('an address that nobody knows is skipped, and says why', async () => {
  dns = await FakeDns.start({ [environment.host]: [ADDRESS] });
  expect((await outcomes({}))[1]).toMatch(/^skipped .*az is not installed.*--address/);
});

test.each([
  ['another address', ['198.51.100.1']],
  ['a second address', [ADDRESS, '198.51.100.1']],
])('%s is a failure', async (_, addresses) => {
  dns = await FakeDns.start({ [environment.host]: addresses });
  expect((await outcomes({ address: ADDRESS }))[1]).toMatch(
    new RegExp(`^failed .*198.51.100.1.*but the environment has ${ADDRESS}`),
  );
});

test('a name that nobody knows is a failure that names the server', async () => {
  dns = await FakeDns.start({});
  expect((await outcomes({}))[0]).toBe(`failed ${environment.host} has no A record (asked ${dns.address})`);
});

test('a server that says nothing is a failure, soon', async () => {
  dns = await FakeDns.start(undefined);
  expect((await outcomes({}))[0]).toMatch(/^failed .*no DNS server answered/);
});
