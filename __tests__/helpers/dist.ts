import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What Terraform and cdktf leave beside our files: hidden files, states, plans and crash logs. */
const NOT_OURS = /^\.|\.tfstate(\..*)?$|^plan$|^crash\.log$/;

/** Contents by path of every file below a folder, but for what Terraform leaves there. */
export function contents(folder: string, below = ''): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  const entries = readdirSync(join(folder, below), { withFileTypes: true })
    .filter(({ name }) => !NOT_OURS.test(name))
    .map(entry => ({ entry, path: below ? `${below}/${entry.name}` : entry.name }));
  return new Map(
    entries
      .flatMap(({ entry, path }) =>
        entry.isDirectory()
          ? [...contents(folder, path)]
          : [[path, readFileSync(join(folder, path), 'utf8')] as const],
      )
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** One line for every file that is not as it should be; none if all are. */
export function differences(expected: Map<string, string>, found: Map<string, string>): string[] {
  return [...new Set([...expected.keys(), ...found.keys()])].sort().flatMap(path => {
    if (!found.has(path)) return `missing  ${path}`;
    if (!expected.has(path)) return `extra    ${path}`;
    return expected.get(path) === found.get(path) ? [] : `stale    ${path}`;
  });
}
