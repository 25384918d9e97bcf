import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { contents, differences } from '../__tests__/helpers/dist';
import { copyCheckout } from './harness/checkout';
import { OFFLINE, prepareCommandLines } from './harness/command-lines';
import { projectFolder } from './harness/project';

const folder = copyCheckout('command-lines');
const committed = contents(join(projectFolder, 'dist'));

test.each(Object.entries(prepareCommandLines()))('%s synth writes both layers as we do', (_name, [
  program,
  ...args
]) => {
  rmSync(join(folder, 'dist'), { recursive: true, force: true });
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...OFFLINE },
  });
  expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' });
  expect(differences(committed, contents(join(folder, 'dist')))).toEqual([]);
});
