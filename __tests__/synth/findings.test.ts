import { findingLines, invariantProblems } from '../../synth/findings';
import { withValue } from '../helpers/objects';
import { render } from '../helpers/render';
import { sound } from '../invariants/sound';

const today = new Date('2026-11-22');
const reason = 'load tests showed that half of it is never used';
const changed = (path: string, value: unknown, waivers: object[] = []) =>
  render({ ...withValue(sound, path, value), waivers }).subject;

/** Too many connections for the smallest server. */
const crowded = (waivers?: object[]) => changed('gateway.workers', 10, waivers);

test('an error is a problem of the environment file, with its key, value and code', () => {
  const [problem, ...others] = invariantProblems(crowded());
  expect(others).toEqual([]);
  expect(problem).toMatchObject({
    where: 'environments/test.ts',
    path: 'gateway.replicas.max',
    given: '10',
    code: 'database-connections',
  });
  expect(problem?.message).toMatch(/^asks PostgreSQL for 1107 connections .* has 844 for users/);
});

test('what a whole section cannot show is shown by the invariant', () => {
  const settings = { litellm_settings: { a: 'os.environ/NO_SUCH', b: ['os.environ/NO_SUCH'] } };
  expect(invariantProblems(changed('gateway.settings', settings))).toEqual([
    expect.objectContaining({
      path: 'gateway.settings',
      given: 'os.environ/NO_SUCH',
      code: 'variable-source',
    }),
  ]);
});

test('a waived error is no problem, and is shown with its reason', () => {
  const subject = crowded([{ code: 'database-connections', reason }]);
  expect(invariantProblems(subject)).toEqual([]);
  expect(findingLines(subject, today)).toEqual([
    expect.stringMatching(
      /^Waived: gateway\.replicas\.max: asks .* \[database-connections\]\n {4}because: load tests/,
    ),
  ]);
});

test('a waiver reaches no other invariant', () => {
  const subject = crowded([{ code: 'node-capacity', reason }]);
  expect(invariantProblems(subject).map(({ code }) => code)).toEqual(['database-connections']);
});

test('a warning is a line, and no problem', () => {
  const subject = changed('postgres.geoRedundantBackup', false);
  expect(invariantProblems(subject)).toEqual([]);
  expect(findingLines(subject, today)).toEqual([
    expect.stringMatching(/^Warning: postgres\.geoRedundantBackup: is off: .* \[class-geo-backup\]$/),
  ]);
});

test('a waiver of what is not broken is to be removed', () => {
  const subject = changed('gateway.workers', 1, [{ code: 'class-tier', reason }]);
  expect(findingLines(subject, today)).toEqual([
    'Warning: waivers: class-tier is waived, and not broken; remove the waiver',
  ]);
});

test('what a date breaks is shown from then on, and can be waived', () => {
  const late = new Date('2027-07-01');
  expect(findingLines(changed('gateway.workers', 1), late)).toEqual([
    expect.stringContaining('[kubernetes-support]'),
  ]);
  const waived = changed('gateway.workers', 1, [{ code: 'kubernetes-support', reason }]);
  expect(findingLines(waived, late)).toEqual([expect.stringMatching(/^Waived: .*\[kubernetes-support\]/)]);
});
