import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What pods and servers of a run wrote, by path. */
export function logsBelow(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true });
  return new Map(
    files
      // Volumes hold secrets on purpose.
      .filter(file => file.isFile() && file.name.endsWith('.log') && !file.parentPath.includes('/volumes'))
      .map(({ parentPath, name }) => join(parentPath, name))
      .map(path => [path, readFileSync(path, 'utf8')] as const),
  );
}

/** The files that hold one of the secrets. The secret itself is not named: the result ends up in a log too. */
export function filesWith(secrets: readonly string[], logs: ReadonlyMap<string, string>): string[] {
  return [...logs].flatMap(([path, content]) =>
    secrets.some(secret => content.includes(secret)) ? [path] : [],
  );
}
