import { summarize } from '../../synth/summary';
import type { Synthesis } from '../../synth/synthesize';
import { everything } from '../fixtures/everything';
import { render } from '../helpers/render';

const folders = { terraform: 'dist/terraform', kubernetes: 'dist/kubernetes' };
const none = new Map<string, string>();
const { subject } = render({ ...everything, deletionProtection: false, waivers: [] }, 'dev');
const synthesis = (preview: boolean): Synthesis => ({
  environment: subject.environment,
  subject,
  preview,
  terraform: none,
  kubernetes: none,
  stacks: [
    { name: 'dev', resources: 59 },
    { name: 'dev-addons', resources: 2 },
  ],
  objects: 14,
});
const say = (...syntheses: Synthesis[]) =>
  summarize({ syntheses, removed: [], abandoned: [] }, folders, new Date('2026-01-01'));

test('a summary says how many, where they lie and what needs to be known', () => {
  expect(say(synthesis(true))).toContain('   59 resources  dist/terraform/stacks/dev\n');
  expect(say(synthesis(true))).toContain('    2 resources  dist/terraform/stacks/dev-addons\n');
  expect(say(synthesis(true))).toContain('   14 objects    dist/kubernetes/dev  (preview: ');
  expect(say(synthesis(true))).toContain('  Warning: Terraform state will hold redis-password');
});

test('the next command deploys, before the first deployment and after it', () => {
  for (const preview of [true, false]) {
    expect(say(synthesis(preview))).toContain('  Next: npm run up -- dev  (by hand: docs/lifecycle.md)\n');
  }
  expect(say(synthesis(false))).not.toContain('preview');
});

test('every environment has its paragraph', () => {
  expect(say(synthesis(true), synthesis(true)).match(/^dev$/gm)).toHaveLength(2);
});

test('folders are named as seen from where the user stands', () => {
  const absolute = { terraform: `${process.cwd()}/out/tf`, kubernetes: `${process.cwd()}/out/k8s` };
  const result = { syntheses: [synthesis(true)], removed: [], abandoned: [] };
  expect(summarize(result, absolute, new Date())).toContain('  out/tf/stacks/dev\n');
});

test('what went is named with the reason, and what may still run in the cloud', () => {
  const result = { syntheses: [], removed: ['old'], abandoned: ['old', 'older'] };
  expect(summarize(result, folders, new Date()).split('\n')).toEqual([
    'removed  dist/terraform/stacks/old, dist/terraform/stacks/old-addons, dist/kubernetes/old (no environments/old.ts)',
    'Warning: environments/old.outputs.json has no environments/old.ts: its cloud may still be running',
    'Warning: environments/older.outputs.json has no environments/older.ts: its cloud may still be running',
  ]);
});
