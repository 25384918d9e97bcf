import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contents } from '../__tests__/helpers/dist';
import { environmentFiles, environmentOf } from '../__tests__/helpers/environment';
import { documents } from '../__tests__/helpers/render';
import { projectFolder, runFolder } from './harness/project';
import { validate } from './harness/schemas';

/** What AKS supports: https://learn.microsoft.com/azure/aks/supported-kubernetes-versions, November 2026. */
const OLDEST = '1.34';
const NEWEST = '1.37';

/** The CSI driver's, cert-manager's and F5 NGINX's, for which Kubernetes has no schemas: see kubernetes-api.test.ts. */
const CUSTOM_KINDS = ['Certificate', 'Issuer', 'Policy', 'SecretProviderClass'];

const folder = join(projectFolder, 'dist/kubernetes');
const files = [...contents(folder).keys()]
  .filter(path => path.endsWith('.yaml'))
  .map(path => join(folder, path));
const chosen = [...environmentFiles()].map(
  ([name, file]) => environmentOf(file, name).cluster.kubernetesVersion,
);
const minors = [...new Set([OLDEST, ...chosen.map(version => version.slice(0, OLDEST.length)), NEWEST])];

test.each(minors)('Kubernetes %s knows every field of every object in dist/', minor => {
  const verdicts = validate(minor, files);
  expect(verdicts).toHaveLength(files.flatMap(file => documents(readFileSync(file, 'utf8'))).length);
  expect(verdicts.filter(({ verdict }) => verdict === 'invalid')).toEqual([]);
  const unknown = verdicts.filter(({ verdict }) => verdict === 'no schema');
  const kinds = unknown.map(({ line }) => / kind (\w+) /.exec(line)?.[1]);
  expect([...new Set(kinds)].sort()).toEqual(CUSTOM_KINDS);
});

test.each([
  ['a field that does not exist', 'enableServiceLinks:', 'enableServiceLink:'],
  ['a value of the wrong type', 'runAsNonRoot: true', 'runAsNonRoot: "true"'],
])('%s would be found', (_, right, wrong) => {
  const deployment = files.find(file => file.endsWith('deployment.yaml')) ?? '';
  const mistaken = join(runFolder, 'mistaken.yaml');
  mkdirSync(runFolder, { recursive: true });
  writeFileSync(mistaken, readFileSync(deployment, 'utf8').replace(right, wrong));
  expect(validate(NEWEST, [mistaken])).toEqual([expect.objectContaining({ verdict: 'invalid' })]);
});
