import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Environment, parseEnvironment } from '../../config/environment';
import type { Problem } from '../../config/problem';

/** Root of the checkout. */
export const root = join(__dirname, '..', '..', '..');

/** The environment files that come with the project, by name. */
export function environmentFiles(): Map<string, unknown> {
  const folder = join(__dirname, '..', '..', 'environments');
  const names = readdirSync(folder).flatMap(file => /^(.+)\.[jt]s$/.exec(file)?.[1] ?? []);
  return new Map(names.map(name => [name, require(join(folder, name)).default]));
}

/** A file that is expected to be right. */
export function environmentOf(file: unknown, name = 'test'): Environment {
  const parsed = parseEnvironment(name, file);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems, null, 2));
  return parsed.environment;
}

/** What is wrong with a file that is expected to be wrong; empty if nothing is. */
export function problemsIn(file: unknown, name = 'test'): readonly Problem[] {
  const parsed = parseEnvironment(name, file);
  return 'problems' in parsed ? parsed.problems : [];
}
