import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { groups } from '../../verify/check';
import { suite } from '../../verify/suite';
import { root } from '../helpers/environment';

const ids = suite.map(({ id }) => id);

test('there are more checks than the 26 of the article, in each of its groups', () => {
  expect(ids.length).toBeGreaterThan(26);
  for (const group of ['health', 'models', 'keys', 'chat', 'spend', 'metrics', 'security']) {
    expect(ids.some(id => id.startsWith(`${group}.`))).toBe(true);
  }
});

test('every check has an id of its own, in a known group', () => {
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(groups).toContain(id.split('.')[0]);
});

test('every check needs only what exists, and no circle of them needs each other', () => {
  const reached = new Set<string>();
  for (let before = -1; reached.size > before; ) {
    before = reached.size;
    for (const { id, needs = [], after = [] } of suite) {
      if ([...needs, ...after].every(needed => reached.has(needed))) reached.add(id);
    }
  }
  expect(ids.filter(id => !reached.has(id))).toEqual([]);
});

test('the documentation has a row for every check, and for no other', () => {
  const rows = [
    ...readFileSync(join(root, 'docs/verify.md'), 'utf8').matchAll(/^\| `([a-z]+\.[a-z-]+)` \|/gm),
  ];
  expect(rows.map(([, id]) => id).sort()).toEqual([...ids, 'cleanup.complete'].sort());
});
