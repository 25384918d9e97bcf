import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Change } from '../../diff/change';
import { MARKER, renderMarkdown } from '../../diff/markdown';
import type { EnvironmentDiff } from '../../diff/report';
import { root } from '../helpers/environment';
import { reviewSample } from '../helpers/review-sample';

const change = (values: Change['values']): Change => ({
  layer: 'kubernetes',
  kind: 'ConfigMap',
  name: 'litellm/config',
  action: 'update',
  values,
  effects: [],
  security: [],
});

const comment = (environment: Partial<EnvironmentDiff>) =>
  renderMarkdown(
    { environments: [{ name: 'dev', status: 'changed', changes: [], notes: [], ...environment }] },
    new Map(),
    'abc (HEAD)',
  );

const sample = reviewSample();

test('the sample in the docs is what a pull request would get', () => {
  const found = readFileSync(join(root, 'docs/review-sample.md'), 'utf8');
  if (found !== sample) {
    throw new Error(
      'docs/review-sample.md is stale. Run: npm run build && node build/__tests__/helpers/review-sample.js > docs/review-sample.md',
    );
  }
});

test('the sample shows what it is there to show', () => {
  expect(sample.startsWith(MARKER)).toBe(true);
  expect(sample).toContain('🛑 **loses data**');
  expect(sample).toContain('public access, weaker');
  expect(sample).toContain('| **stage** | none |');
  expect(sample.indexOf('>Security: ')).toBeLessThan(sample.indexOf('>Terraform: '));
});

test('a value with a fence of its own cannot leave its block', () => {
  const text = comment({ changes: [change([{ path: 'data', after: '```\n<script>' }])] });
  expect(text).toContain('````text');
  expect(text).toMatch(/\n````\n/);
});

test('what is too long for a comment is cut where a line ends, and says so', () => {
  const values = Array.from({ length: 3000 }, (_, index) => ({
    path: `data.key${index}`,
    after: 'x'.repeat(60),
  }));
  const text = comment({ changes: [change(values)] });
  expect(text.length).toBeLessThan(65_536);
  expect(text).toMatch(/\n```\n<\/details>\n\nToo long for a comment: `npm run diff` shows the rest\.$/);
});

test('an environment that comes or goes is a line, and what to know of it', () => {
  const text = comment({ status: 'deleted', notes: ['destroy it first'] });
  expect(text).toContain('| **dev** | gone: 0 resources, 0 objects |');
  expect(text).toContain('> destroy it first');
});

test('nothing is a table that says none', () => {
  expect(comment({ status: 'unchanged' })).toContain('| **dev** | none | – |');
});
