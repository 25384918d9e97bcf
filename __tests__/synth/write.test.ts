import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { type Layer, listFiles, writeLayers } from '../../synth/write';

const temporary = mkdtempSync(join(tmpdir(), 'litellm-aks-'));
afterAll(() => rmSync(temporary, { recursive: true }));

const layer = (root: string, files: Record<string, string>): Layer => ({
  root,
  files: new Map(Object.entries(files)),
  pattern: /^([^/]+)\/[^/]+\.yaml$/,
});
const folder = () => mkdtempSync(join(temporary, 'layer-'));

test('a layer is written below its folder, which need not be there', () => {
  const root = join(folder(), 'new', 'deep');
  writeLayers([layer(root, { 'dev/10.yaml': 'ten' })], () => true);
  expect(readFileSync(join(root, 'dev', '10.yaml'), 'utf8')).toBe('ten');
  expect(readdirSync(root)).toEqual(['dev']);
});

test('a layer that cannot be written keeps the other as it was, and leaves nothing behind', () => {
  const good = folder();
  writeLayers([layer(good, { 'dev/10.yaml': 'old' })], () => true);
  const bad = join(folder(), 'file');
  writeFileSync(bad, 'in the way of the folder');

  const layers = [layer(good, { 'dev/10.yaml': 'new' }), layer(bad, { 'dev/10.yaml': 'new' })];
  expect(() => writeLayers(layers, () => true)).toThrow(
    'cannot be written: a file is where a folder belongs; move it away',
  );
  expect(readFileSync(join(good, 'dev', '10.yaml'), 'utf8')).toBe('old');
  expect(readdirSync(good)).toEqual(['dev']);
});

test('a file that cannot be moved to its place takes back all that was moved and removed before it', () => {
  const good = folder();
  writeLayers([layer(good, { 'dev/10.yaml': 'old', 'gone/10.yaml': 'old' })], () => true);
  const bad = folder();
  // Found out by the move alone: a link to nothing looks as if the folder were not there.
  symlinkSync(join(bad, 'nothing'), join(bad, 'dev'));

  const layers = [
    layer(good, { 'dev/10.yaml': 'new', 'dev/20.yaml': 'new', 'test/10.yaml': 'new' }),
    layer(bad, { 'dev/10.yaml': 'new' }),
  ];
  expect(() => writeLayers(layers, () => true)).toThrow(
    `${join(bad, 'dev')}\n    problem  cannot be written: `,
  );
  expect(listFiles(good)).toEqual(['dev/10.yaml', 'gone/10.yaml']);
  expect(readFileSync(join(good, 'dev/10.yaml'), 'utf8')).toBe('old');
  expect(readFileSync(join(good, 'gone/10.yaml'), 'utf8')).toBe('old');
  expect(readdirSync(good)).toEqual(['dev', 'gone']);
  expect(readdirSync(bad)).toEqual(['dev']);
});

/** A file and what it imports, as one text that makes a variable: another process reads no TypeScript. */
function bundled(file: string, globalName: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [require.resolve(file)],
    bundle: true,
    platform: 'node',
    format: 'iife',
    globalName,
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

test('what a killed run left half moved is whole after the next run', () => {
  const root = folder();
  const files = (word: string) => ({ 'dev/10.yaml': word, 'dev/20.yaml': word, 'test/10.yaml': word });
  const held = () => listFiles(root).map(path => readFileSync(join(root, path), 'utf8'));
  writeLayers([layer(root, files('old'))], () => true);
  const killed = spawnSync(
    process.execPath,
    [
      '-e',
      `const fs = require('node:fs');
       const { renameSync } = fs;
       let moves = 0;
       fs.renameSync = (from, to) => ++moves === 2 ? process.kill(process.pid, 'SIGKILL') : renameSync(from, to);
       ${bundled('../../synth/write', 'write')}
       const files = new Map(${JSON.stringify(Object.entries(files('new')))});
       write.writeLayers([{ root: ${JSON.stringify(root)}, files, pattern: /^$/ }], () => false);`,
    ],
    { encoding: 'utf8' },
  );
  expect(killed).toMatchObject({ signal: 'SIGKILL', stderr: '' });
  expect(held()).toEqual(['new', 'old', 'old']);

  writeLayers([layer(root, files('new'))], () => true);
  expect(held()).toEqual(['new', 'new', 'new']);
});

test('what a killed run left beside the files goes an hour later, and what another run makes now stays', () => {
  const root = folder();
  for (const name of ['.synth-killed', '.synth-running']) {
    mkdirSync(join(root, name, 'next/dev'), { recursive: true });
    writeFileSync(join(root, name, 'next/dev/10.yaml'), 'new');
  }
  const anHourAgo = new Date(Date.now() - 3_601_000);
  utimesSync(join(root, '.synth-killed'), anHourAgo, anHourAgo);
  writeLayers([layer(root, { 'dev/10.yaml': 'ten' })], () => true);
  expect(readdirSync(root).sort()).toEqual(['.synth-running', 'dev']);
});

test('a folder where a file belongs is found before anything is made', () => {
  const root = join(folder(), 'new');
  const bad = folder();
  mkdirSync(join(bad, 'dev/10.yaml'), { recursive: true });
  const layers = [layer(root, { 'dev/10.yaml': 'ten' }), layer(bad, { 'dev/10.yaml': 'ten' })];
  expect(() => writeLayers(layers, () => true)).toThrow(
    '10.yaml\n    problem  is a folder, and a file belongs there; move it away',
  );
  expect(existsSync(root)).toBe(false);
  expect(readdirSync(bad)).toEqual(['dev']);
});

test('a file that holds its content already is left as it is', () => {
  const root = folder();
  const write = (content: string) =>
    writeLayers([layer(root, { 'dev/10.yaml': 'ten', 'dev/20.yaml': content })], () => true);
  const inodes = () => ['10', '20'].map(name => statSync(join(root, `dev/${name}.yaml`)).ino);
  write('old');
  const [ten, twenty] = inodes();
  write('new');
  expect(inodes()[0]).toBe(ten);
  expect(inodes()[1]).not.toBe(twenty);
  expect(readFileSync(join(root, 'dev/20.yaml'), 'utf8')).toBe('new');
});

test('what is outdated goes, with its empty folder; what is not ours and what is hidden stays', () => {
  const root = folder();
  for (const path of ['dev/10.yaml', 'gone/10.yaml', 'mixed/10.yaml', 'mixed/notes.txt', '.git/10.yaml']) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), 'old');
  }
  writeLayers([layer(root, { 'dev/20.yaml': 'new' })], () => true);
  expect(readdirSync(join(root, 'dev'))).toEqual(['20.yaml']);
  expect(existsSync(join(root, 'gone'))).toBe(false);
  expect(readdirSync(join(root, 'mixed'))).toEqual(['notes.txt']);
  expect(readdirSync(join(root, '.git'))).toEqual(['10.yaml']);
});

test('an environment that is not outdated keeps files that this run did not make', () => {
  const root = folder();
  mkdirSync(join(root, 'prod'));
  writeFileSync(join(root, 'prod', '10.yaml'), 'old');
  writeLayers([layer(root, { 'dev/10.yaml': 'new' })], environment => environment !== 'prod');
  expect(readdirSync(root).sort()).toEqual(['dev', 'prod']);
});
