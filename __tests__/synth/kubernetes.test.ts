import { readFileSync } from 'node:fs';
import { Chart, Yaml } from 'cdk8s';
import { stringify } from 'yaml';
import { GatewayApp } from '../../charts/gateway-app';
import { rememberWords } from '../../charts/yaml-words';
import { renderKubernetes } from '../../synth/kubernetes';
import { everything } from '../fixtures/everything';
import { minimal } from '../fixtures/minimal';
import { environmentOf } from '../helpers/environment';
import { outputs } from '../helpers/render';

test.each([
  ['everything', everything],
  ['the least', minimal],
])('manifests with %s are made and written as cdk8s makes and writes them', (_name, file) => {
  const environment = environmentOf(file);
  const manifests = renderKubernetes(environment, outputs);
  const charts = new GatewayApp({ environment, outputs }).node.children.filter(Chart.isChart);
  expect(manifests.map(({ objects }) => objects)).toEqual(charts.map(chart => chart.toJson()));
  for (const { content, objects } of manifests) expect(content).toBe(Yaml.stringify(...objects));
});

test('a value that nobody gave is refused, with the field that holds it', () => {
  const nameless = { ...environmentOf(minimal), name: 'undefined' };
  expect(() => renderKubernetes(nameless, outputs)).toThrow(
    '10-namespace.yaml: Namespace/litellm.metadata.labels.app.kubernetes.io/instance holds "undefined", which nothing in the cluster can resolve.',
  );
});

test('a word that is remembered is written as it is without memory, as key, value and entry', () => {
  const words = [
    'word',
    'true',
    'yes',
    'n',
    'null',
    '0775',
    '0x1F',
    '1_000',
    '1e3',
    '2026-11-22',
    '1.5',
    'a b',
    '-',
    '',
  ];
  const value = words.map(word => ({ [word]: word, text: `${word}\n`, list: [word, `${word}\n`] }));
  for (const version of ['1.1', '1.2'] as const) {
    const customTags = rememberWords();
    const remembered = () => stringify(value, { version, customTags });
    expect([remembered(), remembered()]).toEqual(Array(2).fill(stringify(value, { version })));
  }
});

test('cdk8s writes with the version of yaml that we have: the bundle holds one of them', () => {
  const [ours, theirs] = [__dirname, require.resolve('cdk8s')].map(from =>
    readFileSync(require.resolve('yaml/package.json', { paths: [from] }), 'utf8'),
  );
  expect(theirs).toBe(ours);
});
