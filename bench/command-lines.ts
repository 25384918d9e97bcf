import { OFFLINE, prepareCommandLines } from '../e2e/harness/command-lines';
import { benchFolder, copyProject } from './harness/checkout';
import type { Measurement } from './harness/measurement';
import { COMPARISON, type Contestant, compare, race } from './harness/race';

export const commandLines: Measurement = {
  name: 'command-lines',
  title: 'Our program under cdktf’s command line',
  how: '`cdktf synth` with our `cdktf.json`, and with an app that does nothing.',
  measure: () => {
    const { cdktf } = prepareCommandLines();
    const cwd = copyProject(benchFolder('command-lines'));
    const ours = { name: 'our app', command: cdktf, cwd, env: OFFLINE } as const;
    const idle: Contestant = {
      ...ours,
      name: 'an app that does nothing',
      command: [...cdktf, '--app', 'node -e 0'],
    };
    const samples = race([ours, idle], 9);
    const row = compare(samples, { what: ours.name, against: [idle.name], target: 1.15 });
    return { columns: COMPARISON, rows: [row], raw: samples };
  },
};
