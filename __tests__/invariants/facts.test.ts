import { podsPerNode, roomOn } from '../../invariants/facts/node-sizes';
import { processorOf, userConnections } from '../../invariants/facts/postgres-skus';
import { hasZones, isRegion, postgresIn } from '../../invariants/facts/regions';
import { supportOn } from '../../invariants/facts/support-windows';

test.each([
  ['B_Standard_B1ms', 35],
  ['B_Standard_B2s', 414],
  ['B_Standard_B2ms', 844],
  ['GP_Standard_D2ds_v5', 844],
  ['GP_Standard_D4ads_v5', 1703],
  ['GP_Standard_D8s_v3', 3422],
  ['GP_Standard_D16ds_v4', 4985],
  ['MO_Standard_E2ds_v5', 1703],
  ['MO_Standard_E4ds_v5', 3422],
  ['MO_Standard_E8ds_v5', 4985],
  ['B_Standard_B20ms', 4985],
  ['GP_Standard_X2_v9', undefined],
])('PostgreSQL %s has %s connections for users, as in its table', (sku, connections) => {
  expect(userConnections(sku)).toBe(connections);
});

test.each([
  ['GP_Standard_D2ds_v5', { maker: 'intel', generation: 5 }],
  ['GP_Standard_D2ads_v6', { maker: 'amd', generation: 6 }],
  ['B_Standard_B2ms', undefined],
])('the processor of %s is %j', (sku, processor) => {
  expect(processorOf(sku)).toEqual(processor);
});

test.each([
  ['Standard_D4s_v5', 50, 4000 - 140 - 600, 13828, 35],
  ['Standard_D2ds_v5', 110, 2000 - 100 - 600, Math.floor(8192 * 0.96 * 0.75 - 850), 95],
  ['Standard_D4s_v3', 50, 4000 - 140 - 600, 13828, 35],
  ['Standard_E48s_v5', 50, 48_000 - 580 - 600, Math.floor(393_216 * 0.96 - 1050 - 850), 35],
  ['Standard_E8s_v5', 50, 8000 - 180 - 600, Math.floor(65_536 * 0.96 - 1050 - 850), 35],
  ['Standard_F48s_v2', 50, 48_000 - 580 - 600, Math.floor(98_304 * 0.96 - 1050 - 850), 35],
])('%s with %i pods leaves the gateway what AKS, the machine and its own pods do not take', (size, maxPods, ...left) => {
  const [cpu, memory, pods] = left;
  expect(roomOn(size, maxPods)).toEqual({ cpu, memory, pods });
});

test.each([
  'Standard_DS2_v2',
  'Standard_E4-2s_v5',
  'Standard_E96s_v5',
  'Standard_NC6s_v3',
  'Standard_DC4s_v3',
])('%s does not say in its name what it has', size => {
  expect(roomOn(size, 50)).toBeUndefined();
});

test('a node holds as many pods as its scarcest resource, the number of pods included', () => {
  const room = { cpu: 4000, memory: 8000, pods: 6 };
  expect(podsPerNode(room, { cpu: 1000, memory: 1000 })).toBe(4);
  expect(podsPerNode(room, { cpu: 500, memory: 3000 })).toBe(2);
  expect(podsPerNode(room, { cpu: 100, memory: 100 })).toBe(6);
  expect(podsPerNode({ ...room, memory: -1 }, { cpu: 1, memory: 1 })).toBe(0);
});

test('regions are known by what they offer, and an unknown one may offer everything', () => {
  expect([isRegion('eastus2'), isRegion('westus'), isRegion('eastus22')]).toEqual([true, true, false]);
  expect([hasZones('eastus2'), hasZones('westus'), hasZones('eastus22')]).toEqual([true, false, true]);
  expect(postgresIn('australiaeast')).toEqual({
    zoneRedundancy: 'offered',
    geoBackup: true,
    generations: { intel: [3, 4, 5, 6], amd: [5] },
  });
  expect(postgresIn('eastus2')).toMatchObject({ zoneRedundancy: 'blocked', generations: { intel: [3, 4] } });
  expect(postgresIn('westus')).toMatchObject({ zoneRedundancy: 'none' });
  expect(postgresIn('eastus22')).toEqual({
    zoneRedundancy: 'offered',
    geoBackup: true,
    generations: undefined,
  });
});

test.each([
  ['2026-09-01', undefined],
  ['2026-09-02', 'ends'],
  ['2026-11-30', 'ends'],
  ['2026-12-01', 'ended'],
])('support that ends on 2026-11-30 is, on %s, %s', (today, expected) => {
  expect(supportOn('2026-11-30', new Date(today))).toBe(expected);
});
