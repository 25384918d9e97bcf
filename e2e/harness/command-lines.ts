import { join } from 'node:path';
import { npmTools } from './npm-tools';

/** The last release of CDKTF, and a cdk8s of the same weeks as the library. */
const VERSIONS = { 'cdktf-cli': '0.21.0', 'cdk8s-cli': '2.207.60' };

/** Neither of them may call home, nor ask anything. */
export const OFFLINE = { CHECKPOINT_DISABLE: '1', CI: '1' };

/** How to start `cdktf synth` and `cdk8s synth`. */
export interface CommandLines {
  readonly cdktf: readonly [program: string, ...args: string[]];
  readonly cdk8s: readonly [program: string, ...args: string[]];
}

/** The command lines of both frameworks, installed where they are not there yet. */
export function prepareCommandLines(): CommandLines {
  const modules = join(npmTools('command-lines', { dependencies: VERSIONS }), 'node_modules');
  return {
    cdktf: [process.execPath, join(modules, 'cdktf-cli/bundle/bin/cdktf'), 'synth'],
    cdk8s: [process.execPath, join(modules, 'cdk8s-cli/bin/cdk8s'), 'synth', '--no-check-upgrade'],
  };
}
