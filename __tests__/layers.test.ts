import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { root } from './helpers/environment';

const { listSources }: typeof import('../launcher/sources') = require(join(root, 'launcher/sources.js'));

/** What may import only what stands above it: not what stands beside it. */
const LAYERS = [
  ['config'],
  ['contract', 'catalogue', 'host.ts'],
  ['environments', 'constructs', 'charts', 'invariants', 'verify'],
  ['synth'],
  ['output', 'lifecycle'],
  ['cost'],
  ['diff'],
  ['commands'],
  ['main.ts'],
  ['launcher'],
  ['run.js'],
];

const IMPORTED = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*'(\.{1,2}\/[^']+)'/g;

const layerOf = (place: string) =>
  LAYERS.findIndex(layer => layer.includes(place) || layer.includes(`${place}.ts`));
const placeOf = (path: string) => path.split('/', 1)[0] ?? '';

/** Every import of ours that leaves its folder, types' too, which nothing runs. */
const imports = listSources(root)
  .filter(path => /\.[jt]s$/.test(path))
  .flatMap(path =>
    [...readFileSync(join(root, path), 'utf8').matchAll(IMPORTED)].map(([, to = '']) => ({
      path,
      from: placeOf(path),
      to: placeOf(posix.join(posix.dirname(path), to)),
    })),
  )
  .filter(({ from, to }) => from !== to && to !== 'package.json');

it('knows the layer of every folder', () => {
  expect(imports.length).toBeGreaterThan(100);
  const places = imports.flatMap(({ from, to }) => [from, to]);
  expect([...new Set(places)].filter(place => layerOf(place) < 0)).toEqual([]);
});

it('lets data flow one way: a folder imports those of the layers below it', () => {
  const against = imports.filter(({ from, to }) => layerOf(to) >= layerOf(from));
  expect(against.map(({ path, to }) => `${path} imports ${to}`)).toEqual([]);
});
