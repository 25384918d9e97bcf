import { runProgram } from '../../commands/program';
import { refresh } from '../../cost/live';
import { priceTable } from '../../cost/prices';
import { type RetailPricesProps, retailPrices } from '../../cost/retail-prices';
import { type CostOptions, estimateAll } from '../../cost/run';
import { synthesize } from '../../synth/synthesize';
import { environmentFiles, environmentOf } from '../helpers/environment';
import { testHost } from '../helpers/host';
import { outputs } from '../helpers/render';
import { type PriceServer, priceServer } from '../helpers/retail-prices-server';

let server: PriceServer;
beforeEach(async () => {
  server = await priceServer();
});
afterEach(() => server.close());

const props = (changes: Partial<RetailPricesProps> = {}): RetailPricesProps => ({
  url: server.url,
  interrupted: new AbortController().signal,
  pause: 1,
  timeout: 2_000,
  ...changes,
});

const live = (...keys: string[]) => refresh(priceTable('australiaeast'), keys, '2026-11-22', props());

describe('prices that Azure names', () => {
  const known: readonly [key: string, price: number, unit: string][] = [
    ['aks/Standard', 0.1, 'hour'],
    ['aks/Premium', 0.6, 'hour'],
    ['vm/Standard_D4s_v3', 0.31, 'hour'],
    ['redis/Balanced_B0', 0.02, 'hour'],
    ['postgres/B2ms', 0.208, 'hour'],
    ['postgres/Ddsv5', 0.122, 'hour'],
    ['postgres/storage', 0.138, 'GB and month'],
    ['registry/Premium', 1.6666, 'day'],
    ['publicIp/Standard', 0.005, 'hour'],
    ['natGateway/Standard', 0.045, 'hour'],
    ['privateDnsZone', 0.5, 'month'],
    ['alert/metric', 0.1, 'month'],
    ['alert/log-PT5M', 1.5, 'month'],
    ['alert/log-PT15M', 0.5, 'month'],
    ['usage/logs', 3.34, 'GB'],
  ];

  test.each(
    known,
  )('%s is the one that is meant among its neighbours: %d per %s', async (key, price, unit) => {
    const { table, kept } = await live(key);
    expect(kept).toEqual([]);
    expect(table.prices[key]).toEqual({ price, unit, source: 'live' });
    expect(table.sources.live).toContain('read 2026-11-22');
  });

  test('are asked for once each, in the region, and never for spot or reservations', async () => {
    await live('redis/Balanced_B0', 'redis/Balanced_B0', 'natGateway/Standard');
    expect(server.filters).toEqual([
      "serviceName eq 'Redis Cache' and armRegionName eq 'australiaeast' and meterName eq 'B0 Cache Instance' and skuName eq 'B0' and priceType eq 'Consumption'",
      "serviceName eq 'NAT Gateway' and meterName eq 'Standard Gateway' and skuName eq 'Standard' and priceType eq 'Consumption'",
    ]);
  });

  test('that leave a choice, are missing or have no meter keep what the table says', async () => {
    const keys = ['loadBalancer/rules', 'natGateway/StandardV2', 'tokens/gpt-4o/input', 'vm/Standard_X1'];
    const { table, kept } = await live(...keys);
    expect(kept).toEqual(keys);
    expect(table.prices['loadBalancer/rules']).toEqual(
      priceTable('australiaeast').prices['loadBalancer/rules'],
    );
    expect(table.prices['vm/Standard_X1']).toBeUndefined();
  });
});

describe('the API', () => {
  const filter = { serviceName: 'Azure Database for PostgreSQL' };

  test('is read to its last page', async () => {
    expect(await retailPrices(filter, props())).toHaveLength(7);
  });

  test('gets quotes as OData wants them, so that a value stays a value', async () => {
    await retailPrices({ serviceName: "x' or 'a' eq 'a" }, props());
    expect(server.filters).toEqual(["serviceName eq 'x'' or ''a'' eq ''a'"]);
  });

  test('is asked again when it is busy or broken', async () => {
    server.answer(
      (_, response) => response.writeHead(429).end(),
      (_, response) => response.writeHead(503).end(),
      request => request.socket.destroy(),
    );
    expect(await retailPrices(filter, props())).toHaveLength(7);
  });

  test('that stays broken is named, with what to do instead', async () => {
    const broken = (_: unknown, response: { writeHead(code: number): { end(): void } }) =>
      response.writeHead(500).end();
    server.answer(broken, broken, broken, broken);
    await expect(retailPrices(filter, props())).rejects.toThrow(
      /answers 500; try again later, or leave out --live/,
    );
  });

  test('that refuses is not asked again', async () => {
    server.answer((_, response) => response.writeHead(400).end());
    await expect(retailPrices(filter, props())).rejects.toThrow(/answers 400/);
    expect(server.filters).toEqual([]);
  });

  test('that does not answer is not waited for', async () => {
    const silent = () => undefined;
    server.answer(silent, silent, silent, silent);
    await expect(retailPrices(filter, props({ timeout: 20 }))).rejects.toThrow(/cannot be read/);
  });

  test('that answers something else is refused', async () => {
    server.answer((_, response) => response.end('{"Items":[{"price":1}]}'));
    await expect(retailPrices(filter, props())).rejects.toThrow(/in a form that is not that of its version/);
  });

  test('cannot lead to another server', async () => {
    const page = { Items: [], NextPageLink: 'http://169.254.169.254/metadata' };
    server.answer((_, response) => response.end(JSON.stringify(page)));
    await expect(retailPrices(filter, props())).rejects.toThrow(/leads to another server/);
  });

  test('cannot lead in circles', async () => {
    const circle = { Items: [], NextPageLink: server.url };
    server.answer(
      ...Array.from(
        { length: 60 },
        () => (_: unknown, response: { end(text: string): void }) => response.end(JSON.stringify(circle)),
      ),
    );
    await expect(retailPrices(filter, props())).rejects.toThrow(/more than 50 pages/);
  });

  test('is left alone once the user has had enough', async () => {
    const controller = new AbortController();
    server.answer(() => controller.abort());
    await expect(retailPrices(filter, props({ interrupted: controller.signal }))).rejects.toThrow();
  });
});

describe('the command', () => {
  const article = synthesize(environmentOf(environmentFiles().get('article'), 'article'), outputs);

  async function cost(options: Partial<CostOptions>): Promise<{ out: string; err: string }> {
    const host = testHost();
    await estimateAll([article], { format: 'text', ...options }, host, new Date('2026-11-22T12:00:00Z'));
    return { out: host.said.out.join('\n'), err: host.said.err.join('\n') };
  }

  test('uses what the API says, and says what it did not', async () => {
    const { out, err } = await cost({ live: true, pricesUrl: server.url });
    expect(out).toMatch(/nodes, Standard_D4s_v3 × 2 to 5 +452\.60 +1131\.50/);
    expect(out).toContain(`Azure Retail Prices API, ${server.url}, read 2026-11-22: `);
    expect(err).toMatch(/^Note: the API names no one price of .*loadBalancer\/rules/);
  });

  test.each(['http://prices.example.com', 'ftp://x', 'nonsense'])('does not ask %s', async pricesUrl => {
    const asked = runProgram(['cost', 'article', '--live', '--prices-url', pricesUrl], testHost());
    await expect(asked).rejects.toThrow(/--prices-url[\s\S]*use https/);
  });
});
