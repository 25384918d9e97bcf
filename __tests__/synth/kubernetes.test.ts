import { readFileSync } from 'node:fs';
import { Yaml } from 'cdk8s';
import { stringify } from 'yaml';
import { rememberWords } from '../../charts/yaml-words';
import { renderKubernetes } from '../../synth/kubernetes';
import { everything } from '../fixtures/everything';
import { minimal } from '../fixtures/minimal';
import { environmentOf } from '../helpers/environment';
import { outputs } from '../helpers/render';

test.each([
  ['everything', everything],
  ['the least', minimal],
])('manifests with %s are written as cdk8s writes them', (_name, file) => {
  for (const { content, objects } of renderKubernetes(environmentOf(file), outputs)) {
    expect(content).toBe(Yaml.stringify(...objects));
  }
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
