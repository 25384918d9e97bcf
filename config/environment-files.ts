import { type Environment, parseEnvironment } from './environment';
import { type Problem, ProblemsError } from './problem';

/** The environment files by name, as their modules export them. */
export type EnvironmentFiles = ReadonlyMap<string, unknown>;

/** An environment by its name, or everything that is wrong with it: its absence, or its settings. */
export function readEnvironment(
  name: string,
  files: EnvironmentFiles,
): { environment: Environment } | { problems: Problem[] } {
  if (files.has(name)) return parseEnvironment(name, files.get(name));
  const known = [...files.keys()].sort().join(', ');
  return {
    problems: [
      { where: 'environments', path: name, message: `is no environment; the folder holds ${known}` },
    ],
  };
}

/**
 * The same for a command that cannot go on without it.
 * @throws ProblemsError with everything that is wrong
 */
export function findEnvironment(name: string, files: EnvironmentFiles): Environment {
  const read = readEnvironment(name, files);
  if ('problems' in read) throw new ProblemsError(read.problems);
  return read.environment;
}
