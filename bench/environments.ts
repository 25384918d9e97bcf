import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { benchFolder, copyProject } from './harness/checkout';
import type { Measurement } from './harness/measurement';
import { median, peakMemory, race, ratio, seconds } from './harness/race';

const MANY = 100;

export const environments: Measurement = {
  name: 'environments',
  title: 'A hundred environments in one run',
  how: 'A hundred copies of `environments/dev.ts`, nothing edited since the last run.',
  measure: quick => {
    const folder = copyProject(benchFolder('environments'));
    const names = Array.from({ length: MANY }, (_, index) => `dev${index}`);
    for (const name of names) {
      cpSync(join(folder, 'environments/dev.ts'), join(folder, `environments/${name}.ts`));
    }
    const one = { name: 'one environment', command: ['node', 'run', 'synth', 'dev'], cwd: folder } as const;
    const many = {
      name: `${MANY} environments`,
      command: ['node', 'run', 'synth', ...names],
      cwd: folder,
    } as const;
    const samples = race([one, many], quick ? 2 : 7);
    const memory = [one, many].map(peakMemory);
    const [oneTime, manyTime] = [one, many].map(({ name }) => median(samples[name]));
    const megabytes = memory.map(value => `${value.toFixed()} MB`);
    return {
      columns: ['what', 'median', 'ratio', 'target', 'peak memory', 'target'],
      rows: [
        [one.name, seconds(oneTime), '', '', megabytes[0] ?? '', ''],
        [many.name, seconds(manyTime), ratio(manyTime, oneTime), '≤ 9', megabytes[1] ?? '', '≤ 200 MB'],
      ],
      raw: { samples, memory },
    };
  },
};
