import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { projectFolder } from './project';
import { findPython } from './tools';
import { prepareVenv } from './venv';

/** What the validator says of one object. */
interface Verdict {
  readonly verdict: 'valid' | 'invalid' | 'no schema';
  /** Its whole line: file, object and, where there is one, the mistake. */
  readonly line: string;
}

/** Installs kubernetes-validate, which brings the schemas. Once, like the other Python environment. */
export function prepareSchemas(): string {
  const python = findPython();
  if ('missing' in python) throw new Error(python.missing);
  return prepareVenv(python.python, join(projectFolder, 'e2e/schemas/requirements.txt')).folder;
}

/**
 * Validates every object of the files, unknown fields included, against the schemas of a Kubernetes minor.
 * @throws Error where the validator has no schemas of that very minor, or could not read a file
 */
export function validate(minor: string, files: readonly string[]): Verdict[] {
  const program = join(prepareSchemas(), 'bin/kubernetes-validate');
  const args = ['--strict', '--kubernetes-version', minor, ...files];
  const { stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  // An older minor's schemas stand in silently for those that the package does not have.
  const known = new RegExp(`^(INFO|ERROR|WARN) .*? version ${minor}(?![\\d.]\\d)`);
  return stdout
    .trim()
    .split('\n')
    .map(line => {
      const verdict = verdicts[known.exec(line)?.[1] ?? ''];
      if (!verdict) throw new Error(`kubernetes-validate: ${line}${stderr}`);
      return { verdict, line };
    });
}

const verdicts: Readonly<Record<string, Verdict['verdict']>> = {
  INFO: 'valid',
  ERROR: 'invalid',
  WARN: 'no schema',
};
