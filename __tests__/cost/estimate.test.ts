import { runProgram } from '../../commands/program';
import type { ProblemsError } from '../../config/problem';
import { estimate, regionOf } from '../../cost/estimate';
import { priceTable, REGIONS } from '../../cost/prices';
import { estimateAll } from '../../cost/run';
import { renderDelta } from '../../cost/text';
import { type EnvironmentSide, outputFiles, readSide } from '../../output/side';
import { synthesize } from '../../synth/synthesize';
import { renderTerraform } from '../../synth/terraform';
import { everything } from '../fixtures/everything';
import { environmentFiles, environmentOf } from '../helpers/environment';
import { testHost } from '../helpers/host';
import { withValue } from '../helpers/objects';
import { outputs } from '../helpers/render';

const synthesisOf = (file: unknown, name = 'test') => synthesize(environmentOf(file, name), outputs);

/** What is charged for: the cloud's side alone. */
function sideOf(file: unknown): EnvironmentSide {
  const stacks = renderTerraform(environmentOf(file, 'test'));
  return {
    stacks: new Map(stacks.map(({ stack, content }) => [stack, JSON.parse(content)])),
    objects: [],
  };
}

const article = environmentFiles().get('article');
const prod = environmentFiles().get('prod');

const of = (file: unknown) => {
  const side = sideOf(file);
  return estimate(side, priceTable(regionOf(side)));
};

/** What the lines of an estimate sum up to, by their beginning. */
const at = (file: unknown, label: string) =>
  of(file)
    .items.filter(item => `${item.address} ${item.label}`.includes(label))
    .map(({ monthly }) => [Number(monthly?.min.toFixed(2)), Number(monthly?.max.toFixed(2))]);

describe("the article's gateway", () => {
  const side = readSide(outputFiles([synthesisOf(article)]), 'test').get('test') as EnvironmentSide;
  const { items, total, pods } = estimate(side, priceTable('australiaeast'));

  test('costs what its parts cost, at the floor and at the ceiling of its autoscalers', () => {
    expect(items.reduce((sum, { monthly }) => sum + (monthly?.min ?? Number.NaN), 0)).toBeCloseTo(total.min);
    expect(total.max).toBeGreaterThan(total.min);
    expect(pods).toEqual({ min: 2, max: 10 });
    expect(at(article, 'cluster_user_pool nodes')).toEqual([[365, 912.5]]);
    expect(at(article, 'control plane')).toEqual([[73, 73]]);
    expect(at(article, 'registry')[0]).toEqual([50.69, 50.69]);
  });

  // "AKS Standard tier with two D4s_v3 node pools, Azure Managed Redis Balanced_B0, and PostgreSQL Standard_B2ms
  // runs roughly $400-$500 per month": docs/cost.md explains what is above it, and this holds the explanation true.
  test('is as dear as the article says, for what the article counts and with a node per pool', () => {
    const counted = (table: ReturnType<typeof priceTable>) =>
      estimate(side, table)
        .items.filter(({ label }) => /^(control plane|nodes|Balanced_B0|server|storage)/.test(label))
        .map(({ label, min, monthly }) => (monthly?.min ?? 0) / (label.startsWith('nodes') ? min : 1))
        .reduce((sum, amount) => sum + amount, 0);
    expect(counted(priceTable('eastus2'))).toBeCloseTo(468, 0);
    expect(counted(priceTable('australiaeast'))).toBeCloseTo(609, 0);
    expect(total.min).toBeGreaterThan(950);
    expect(total.min).toBeLessThan(1100);
  });
});

test('every environment of the project has a price for everything it is charged for', () => {
  for (const [name, file] of environmentFiles()) {
    const { items, usage, unknownTypes } = of(file);
    expect([name, unknownTypes, items.filter(({ price }) => !price)]).toEqual([name, [], []]);
    expect(usage.filter(({ price }) => !price)).toEqual([]);
  }
});

test('the fixture that sets everything has no type of which nobody knows the price', () => {
  expect(of(everything).unknownTypes).toEqual([]);
});

describe('a setting changes what it should', () => {
  const base = of(prod).total;
  const change = (path: string, value: unknown) => {
    const { min, max } = of(withValue(prod, path, value)).total;
    return [Number((min - base.min).toFixed(2)), Number((max - base.max).toFixed(2))];
  };

  test.each<[string, unknown, number, number]>([
    // A node, and Defender for its four vCPUs.
    ['cluster.userPool.minCount', 4, 192.46, 0],
    ['cluster.userPool.maxCount', 7, 0, 192.46],
    ['cluster.defender', false, -164.86, -302.25],
    // The OS disk comes back as a managed one: 3 to 6 of them.
    ['cluster.userPool.osDiskType', 'Managed', 59.13, 118.26],
    ['redis.highAvailability', false, -113.88, -113.88],
    ['redis.sku', 'Balanced_B10', 232.14, 232.14],
    // Two servers of two vCores, and two disks of 32 GiB.
    ['postgres.highAvailability', 'Disabled', -133.62, -133.62],
    ['postgres.storageGb', 64, 7.36, 7.36],
    ['postgres.sku', 'GP_Standard_D4ds_v5', 259.88, 259.88],
    ['cluster.tier', 'Free', -73, -73],
    ['cluster.tier', 'Premium', 365, 365],
    ['gateway.replicas.max', 12, 0, 0],
    ['network.natGateway', 'Standard', 0, 0],
    // Four metrics, a look at the logs every 5 minutes and five every 15.
    ['monitoring.alerts', {}, -4.4, -4.4],
  ])('%s = %j', (path, value, min, max) => {
    expect(change(path, value)).toEqual([min, max]);
  });
});

test('Defender watches the vCPUs of every pool', () => {
  const watched = of(prod).items.filter(({ key }) => key === 'defender/vCore');
  expect(watched.map(({ min, max }) => [min, max])).toEqual([
    [12, 20],
    [12, 24],
  ]);
});

test('what depends on use is listed with its unit price, and in no total', () => {
  const { usage, items } = of(prod);
  expect(usage).toContainEqual({
    label: 'gpt-5.6-terra, output tokens',
    key: 'tokens/gpt-5.6-terra/output',
    price: { price: 15, unit: '1M tokens', source: 'openai' },
  });
  expect(usage.map(({ key }) => key)).toEqual(
    expect.arrayContaining(['usage/egress', 'usage/logs', 'usage/natGateway']),
  );
  expect(items.some(({ key }) => /^(usage|tokens)/.test(key))).toBe(false);
});

describe('what has no price', () => {
  const odd = withValue(prod, 'cluster.userPool.vmSize', 'Standard_D16ds_v5');

  test('is a line without an amount, and not a line of zero', () => {
    const line = of(odd).items.find(({ key }) => key === 'vm/Standard_D16ds_v5');
    expect(line).toMatchObject({ address: 'azurerm_kubernetes_cluster_node_pool.cluster_user_pool' });
    expect(line?.monthly).toBeUndefined();
  });

  test('is named below the total, which says that it is not complete', async () => {
    const said = await costText(odd);
    expect(said).toMatch(/^test {2}USD per month in eastus2.*, and what has no price\n/);
    expect(said).toContain(
      '! 1 without a price in the table, and not in the total: vm/Standard_D16ds_v5; try --live',
    );
  });

  test('and a type that nobody knows, is named', () => {
    const side = sideOf(prod);
    const stacks = new Map([
      ['test', { resource: { azurerm_firewall: { wall: {} }, azurerm_key_vault: { kv: {} } } }],
    ]);
    expect(estimate({ ...side, stacks }, priceTable('eastus2')).unknownTypes).toEqual(['azurerm_firewall']);
  });

  test('a region without a table is a mistake that says which there are', async () => {
    await expect(costText(withValue(prod, 'location', 'westus3'))).rejects.toThrow(
      /location\n {4}given {4}"westus3"\n.*australiaeast, eastus2\. Ask Azure instead: --live/,
    );
  });
});

async function costText(file: unknown, format = 'text'): Promise<string> {
  const host = testHost();
  await estimateAll([synthesisOf(file)], { format }, host, new Date('2026-11-22'));
  return host.said.out.join('\n');
}

test('JSON has the numbers of the text', async () => {
  const { currency, environments } = JSON.parse(await costText(prod, 'json'));
  expect(currency).toBe('USD');
  expect(environments[0].estimate.total).toEqual(of(prod).total);
});

test('all that is wrong with options and environments is said at once', async () => {
  const host = testHost({ environments: new Map([['dev', 'no environment']]) });
  const args = ['cost', 'dev', 'nosuch', '--format', 'xml', '--prices-url', 'http://prices.example.com'];
  await expect(runProgram(args, host)).rejects.toThrow(
    /^4 problems\n\n {2}--prices-url\n.*\n.*use https[\s\S]*--format\n {4}given {4}xml\n {4}problem {2}is unknown; use text, json\n[\s\S]*dev\.ts\n[\s\S]*environments: nosuch/,
  );
});

test('environments whose region has no prices are named together, after the estimates of the others', async () => {
  const host = testHost();
  const elsewhere = ['westus3', 'norwayeast'].map(region => synthesisOf(withValue(prod, 'location', region)));
  const [first, second] = elsewhere;
  if (!first || !second) throw new Error('Two were synthesized.');
  const estimates = estimateAll([first, synthesisOf(prod), second], { format: 'text' }, host, new Date());
  const error = await estimates.then(
    () => undefined,
    (thrown: ProblemsError) => thrown,
  );
  expect(error?.problems.map(({ given }) => given)).toEqual(['"westus3"', '"norwayeast"']);
  expect(error?.message).not.toContain('nothing was written');
  expect(host.said.out.join('\n')).toContain('eastus2');
});

describe.each(REGIONS.map(region => [region, priceTable(region)] as const))('the table of %s', (_, table) => {
  test('names the source of every figure, and how a derived one was derived', () => {
    for (const { price, source, note } of Object.values(table.prices)) {
      expect(price).toBeGreaterThan(0);
      expect(Object.keys(table.sources)).toContain(source);
      if (source === 'derived') expect(note).toBeTruthy();
    }
  });
});

test('a difference is said with its sign, and nothing where there is none', () => {
  expect(renderDelta({ min: 1, max: 2 }, { min: 3, max: 1 })).toBe('3.00 to 1.00 (+2.00 to -1.00)');
  expect(renderDelta({ min: 1, max: 2 }, { min: 1, max: 2.001 })).toBe('1.00 to 2.00, as before');
  expect(renderDelta(undefined, { min: 1, max: 2 })).toBe('1.00 to 2.00 (+1.00 to +2.00)');
});
