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

/** Every import of ours, types' too, which nothing runs; files are named without their ends, as imports name them. */
const imports = listSources(root)
  .filter(path => /\.[jt]s$/.test(path))
  .flatMap(path =>
    [...readFileSync(join(root, path), 'utf8').matchAll(IMPORTED)].map(([, to = '']) => ({
      path: path.replace(/\.ts$/, ''),
      imported: posix.join(posix.dirname(path), to),
    })),
  );

const betweenFolders = imports
  .map(({ path, imported }) => ({ path, from: placeOf(path), to: placeOf(imported) }))
  .filter(({ from, to }) => from !== to && to !== 'package.json');

it('knows the layer of every folder', () => {
  expect(betweenFolders.length).toBeGreaterThan(100);
  const places = betweenFolders.flatMap(({ from, to }) => [from, to]);
  expect([...new Set(places)].filter(place => layerOf(place) < 0)).toEqual([]);
});

it('lets data flow one way: a folder imports those of the layers below it', () => {
  const against = betweenFolders.filter(({ from, to }) => layerOf(to) >= layerOf(from));
  expect(against.map(({ path, to }) => `${path} imports ${to}`)).toEqual([]);
});

it('has no files that import each other, nor through others', () => {
  // The launcher's files load each other late, and only where a run needs them.
  const found = circles(imports.filter(({ path }) => placeOf(path) !== 'launcher'));
  expect(found.map(({ path, imported }) => `${path} imports ${imported}`)).toEqual([]);
});

/** What is left of imports without those that lead in from outside of every circle, or out of it. */
function circles(edges: typeof imports): typeof imports {
  const importing = new Set(edges.map(({ path }) => path));
  const imported = new Set(edges.map(edge => edge.imported));
  const inside = edges.filter(edge => importing.has(edge.imported) && imported.has(edge.path));
  return inside.length === edges.length ? edges : circles(inside);
}
