import { OFFLINE, prepareCommandLines } from '../e2e/harness/command-lines';
import { benchFolder, copyProject } from './harness/checkout';
import type { Measurement } from './harness/measurement';
import { COMPARISON, type Contestant, compare, race } from './harness/race';

export const commandLines: Measurement = {
  name: 'command-lines',
  title: 'Our program under cdktf’s command line',
  how: '`cdktf synth` with our app and with one that does nothing. The target is for one environment, as in the first table; our `cdktf.json` makes every environment of the project.',
  measure: () => {
    const { cdktf } = prepareCommandLines();
    const cwd = copyProject(benchFolder('command-lines'));
    const all: Contestant = { name: 'our app, every environment', command: cdktf, cwd, env: OFFLINE };
    const withApp = (name: string, app: string): Contestant => ({
      ...all,
      name,
      command: [...cdktf, '--app', app],
    });
    const one = withApp('our app, one environment', 'node run synth dev');
    const idle = withApp('an app that does nothing', 'node -e 0');
    const samples = race([one, all, idle], 9);
    const against = [idle.name];
    const rows = [
      compare(samples, { what: one.name, against, target: 1.15 }),
      compare(samples, { what: all.name, against }),
    ];
    return { columns: COMPARISON, rows, raw: samples };
  },
};
