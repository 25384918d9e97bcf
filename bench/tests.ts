import { join } from 'node:path';
import { benchFolder, copyProject } from './harness/checkout';
import { ecosystem } from './harness/ecosystem';
import type { Measurement } from './harness/measurement';
import { COMPARISON, compare, race } from './harness/race';

/** Tests of the launcher, which takes TypeScript from beside itself, where theirs has another one. */
const NOT_COMPARED = ['launcher', 'no-secrets', 'lifecycle/command', '__tests__/main'];

const IGNORED = ['--testPathIgnorePatterns', ...NOT_COMPARED];

export const tests: Measurement = {
  name: 'tests',
  title: 'The tests',
  how: '`npm test` (lint, types and build included) against the same tests under ts-jest with type checks, after an edit of what all of them import (no cache); without the tests of the launcher, which need our TypeScript.',
  measure: () => {
    const { folder, app } = ecosystem();
    const ours = {
      name: '`npm test`',
      command: ['npm', 'test', '--', ...IGNORED],
      cwd: copyProject(benchFolder('tests')),
    } as const;
    const theirs = {
      name: 'ts-jest',
      command: ['node', join(folder, 'node_modules/jest/bin/jest.js'), '--no-cache', ...IGNORED],
      cwd: join(app, 'build'),
    } as const;
    // One round: they take minutes.
    const samples = race([ours, theirs], 1);
    const row = compare(samples, { what: ours.name, against: [theirs.name], target: 0.3 });
    return { columns: COMPARISON, rows: [row], raw: samples };
  },
};
