import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { command } from './command';
import { announce, cacheFolder, projectFolder } from './project';

export const requirements = join(projectFolder, 'e2e/requirements.txt');

/** A Python environment, such as the one with the LiteLLM proxy. */
export interface Venv {
  readonly folder: string;
  readonly python: string;
  /** Where Python itself is installed; the environment only points there. */
  readonly pythonHome: string;
  readonly sitePackages: string;
}

/** The environment that a lock file describes: made once, and again when the lock file or Python changes. */
export function prepareVenv(python: string, lock: string = requirements): Venv {
  const home = ask(python, 'import sys; print(sys.base_prefix, sys.version)');
  const key = createHash('sha256').update(readFileSync(lock)).update(home).digest('hex').slice(0, 12);
  const folder = join(cacheFolder, `venv-${key}`);
  if (!existsSync(join(folder, 'complete'))) {
    announce(`installs ${relative(projectFolder, lock)} into ${folder} (about a minute, once)`);
    rmSync(folder, { recursive: true, force: true });
    command(python, ['-m', 'venv', folder]);
    // Wheels only: nothing of a package runs before its hash is known to be the locked one.
    const options = ['--require-hashes', '--only-binary', ':all:', '--disable-pip-version-check', '--quiet'];
    command(join(folder, 'bin/python'), ['-m', 'pip', 'install', ...options, '-r', lock]);
    command('touch', [join(folder, 'complete')]);
  }
  const interpreter = join(folder, 'bin/python');
  return {
    folder,
    python: interpreter,
    pythonHome: ask(interpreter, 'import sys; print(sys.base_prefix)'),
    sitePackages: ask(interpreter, 'import sysconfig; print(sysconfig.get_path("purelib"))'),
  };
}

function ask(python: string, script: string): string {
  return command(python, ['-c', script]).trim();
}
