import { type Environment, parseEnvironment } from '../config/environment';
import { ProblemsError } from '../config/problem';
import type { EnvironmentFiles } from '../synth/run';

/**
 * An environment by its name.
 * @throws ProblemsError if there is none, or it is wrong
 */
export function findEnvironment(name: string, files: EnvironmentFiles): Environment {
  if (!files.has(name)) {
    const message = `is no environment; the folder holds ${[...files.keys()].sort().join(', ')}`;
    throw new ProblemsError([{ where: 'environments', path: name, message }]);
  }
  const parsed = parseEnvironment(name, files.get(name));
  if ('problems' in parsed) throw new ProblemsError(parsed.problems);
  return parsed.environment;
}
