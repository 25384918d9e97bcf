import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The environment files by name, as their modules export them. */
export type EnvironmentFiles = ReadonlyMap<string, unknown>;

/** Every module in environments/, by its file's name. */
export function loadEnvironments(): EnvironmentFiles {
  const folder = join(__dirname, '..', 'environments');
  const names = readdirSync(folder).flatMap(file => /^(.+)\.js$/.exec(file)?.[1] ?? []);
  return new Map(names.map(name => [name, require(join(folder, name)).default]));
}
