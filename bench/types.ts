import { join } from 'node:path';
import { projectFolder } from '../e2e/harness/project';
import { ecosystem } from './harness/ecosystem';
import type { Measurement } from './harness/measurement';
import { COMPARISON, compare, median, race, seconds } from './harness/race';

export const types: Measurement = {
  name: 'types',
  title: 'The type check of the whole project',
  how: '`tsc --noEmit` over everything, tests included; nothing is remembered from the last run.',
  measure: quick => {
    const native = {
      name: 'TypeScript 7',
      command: ['node', join(projectFolder, 'node_modules/typescript/bin/tsc'), '--noEmit'],
      cwd: projectFolder,
    } as const;
    if (quick) {
      const samples = race([native], 3);
      return {
        columns: ['what', 'median'],
        rows: [[native.name, seconds(median(samples[native.name]))]],
        raw: samples,
      };
    }
    const { folder, app } = ecosystem();
    const classic = {
      name: 'TypeScript 5.9',
      command: ['node', join(folder, 'node_modules/typescript/bin/tsc'), '--noEmit'],
      cwd: join(app, 'build'),
    } as const;
    const samples = race([native, classic], 7);
    const row = compare(samples, { what: native.name, against: [classic.name], target: 0.2 });
    return { columns: COMPARISON, rows: [row], raw: samples };
  },
};
