import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { imageSchema } from '../config/image';
import { projectFolder } from './harness/project';
import { replica } from './harness/replicas';
import { requirements } from './harness/venv';

const lock = readFileSync(requirements, 'utf8');
const pins = [...lock.matchAll(/^([a-z0-9_.-]+)==(\S+)/gm)].map(([, name, version]) => ({ name, version }));

test('the proxy under test is the one whose image the environments pin', () => {
  const version = imageSchema.parse(undefined).tag.replace(/^v/, '');
  expect(pins.filter(({ name }) => name === 'litellm')).toEqual([{ name: 'litellm', version }]);
  const ask = 'import importlib.metadata; print(importlib.metadata.version("litellm"))';
  expect(replica('replica-a').exec('python', '-c', ask).stdout.trim()).toBe(version);
});

test('the compromised releases can never be resolved', () => {
  const asked = readFileSync(join(projectFolder, 'e2e/requirements.in'), 'utf8');
  expect(asked).toMatch(/^litellm\[proxy\].*!=1\.82\.7, !=1\.82\.8$/m);
  expect(lock).not.toMatch(/^litellm==1\.82\.[78]\b/m);
});

test('every package is pinned and locked by its hashes, and from no particular place', () => {
  const packages = lock.split(/\n(?=\S)/).filter(block => !block.startsWith('#'));
  expect(packages.length).toBe(pins.length);
  for (const block of packages) expect(block).toMatch(/--hash=sha256:[0-9a-f]{64}/);
  expect(lock).not.toMatch(/https?:\/\//);
});
