import { minimal } from '../__tests__/fixtures/minimal';
import { environmentOf } from '../__tests__/helpers/environment';
import { AZURE_DNS } from '../config/dns';
import { answer } from './harness/dns-client';
import { CLOUDFLARE, DnsStage, GOOGLE, withDns } from './harness/dns-stage';
import { privateEndpoint } from './harness/internet';

const stage = new DnsStage();

beforeAll(() => stage.start());
afterAll(() => stage.stop());

describe("the article's ACME self-check, where a private zone of the network hides the host", () => {
  afterEach(() => stage.aks.server.stop());

  test.each([
    ['off', 'ENOTFOUND'],
    ['minimal', GOOGLE],
    ['full', GOOGLE],
  ] as const)('with mode %s sees %s', async (mode, expected) => {
    await stage.serve(withDns(environmentOf(minimal), { mode }));
    expect(await answer(minimal.host)).toBe(expected);
  });
});

describe('an alias of a name behind a private endpoint', () => {
  const name = 'chat.partner.example';
  afterEach(() => stage.aks.server.stop());

  test('is resolved to its end by whoever was asked for it: a public resolver finds the public address', async () => {
    await stage.serve(withDns(environmentOf(minimal), { zones: { 'partner.example': 'public' } }));
    expect(await answer(name)).toBe(GOOGLE);
    expect(await answer('oai.openai.azure.com')).toBe(privateEndpoint);
  });

  test('becomes the private endpoint where its own zone is at Azure DNS', async () => {
    await stage.serve(
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
  beforeEach(() => stage.serve(environmentOf(minimal)));
  afterEach(async () => {
    await stage.aks.server.stop();
    stage.google.appear();
    await stage.google.start();
  });

  test('answers, at the first question, when the first one refuses it', async () => {
    await stage.google.stop();
    expect(await answer(minimal.host)).toBe(CLOUDFLARE);
  });

  test('answers, at the first question, when the first one is silent', async () => {
    stage.google.vanish();
    expect(await answer(minimal.host)).toBe(CLOUDFLARE);
    await stage.google.stop();
  });
});

describe('what the article wants, said in one place', () => {
  afterEach(() => stage.aks.server.stop());

  test("a second forward in AKS's own server block is never asked", async () => {
    await stage.serveKeys({ 'public.override': 'forward . 8.8.8.8' });
    expect(await answer('example.com')).toBe(AZURE_DNS);
  });

  test("a server block for everything beside AKS's own stops CoreDNS", async () => {
    const started = stage.serveKeys({ 'public.server': '.:53 {\n    forward . 8.8.8.8\n}\n' });
    await expect(started).rejects.toThrow('cannot serve dns://.:53 - it is already defined');
  });
});
