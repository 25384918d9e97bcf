import { minimal } from '../__tests__/fixtures/minimal';
import { environmentOf, problemsIn } from '../__tests__/helpers/environment';
import { AZURE_DNS, type Dns } from '../config/dns';
import type { Environment } from '../config/environment';
import { DNS_SERVICE } from './coredns-setup';
import { answer, answers, client } from './harness/dns-client';
import { CLOUDFLARE, CORPORATE, DnsStage, GOOGLE, service, withDns } from './harness/dns-stage';

const stage = new DnsStage();

beforeAll(() => stage.start());
afterAll(() => stage.stop());

/** What synth refuses, and what the real CoreDNS makes of it. */
describe('refused at synth', () => {
  afterEach(() => stage.aks.server.stop());

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
    await expect(stage.serve(environment)).rejects.toThrow(message);
  });

  test.each([
    'Corp.example',
    'corp.example:5353',
    '{$HOME}.corp.example',
  ])('the zone %s: CoreDNS starts, and never finds a name in it', async zone => {
    await stage.serve(refusing({ zones: { [zone]: [CORPORATE] } }));
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
    await stage.serve(refusing({ zones: { [zone]: 'public' } }));
    expect(await answer(service.name)).toBe(GOOGLE);
  });

  test.each([
    'arpa',
    'in-addr.arpa',
    '96.10.in-addr.arpa',
  ])('the zone %s: addresses of Services have no names any more', async zone => {
    await stage.serve(refusing({ zones: { [zone]: 'public' } }));
    await expect(client().reverse(service.address)).rejects.toThrow();
  });

  test('two zones in one: the second half is taken as a zone of its own', async () => {
    await stage.serve(refusing({ zones: { 'corp example': [CORPORATE] } }));
    expect(await answer('www.example')).toBe(CORPORATE);
  });

  test('a zone with configuration in it: CoreDNS does what it says', async () => {
    await stage.serve(
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
    await stage.serve(refusing({ zones: { 'corp.example': [address] } }));
    expect(await answer('git.corp.example')).toMatch(/ESERVFAIL|ETIMEOUT/);
  });

  test('one public resolver alone: when it is away, names are too', async () => {
    await stage.serve(refusing({ publicResolvers: [CORPORATE.replace('.4', '.5')] }));
    expect(await answer(minimal.host)).toMatch(/ESERVFAIL|ETIMEOUT/);
  });

  test('Azure DNS as a public resolver: a private zone hides the host again', async () => {
    await stage.serve(refusing({ publicResolvers: [AZURE_DNS, CLOUDFLARE] }));
    expect(await answer(minimal.host)).toBe('ENOTFOUND');
  });

  /** An environment that has what the schema does not let through. */
  function refusing(dns: Partial<Dns>): Environment {
    expect(problemsIn({ ...minimal, dns }).length).toBeGreaterThan(0);
    return withDns(environmentOf(minimal), dns);
  }
});
