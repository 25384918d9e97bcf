import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command';
import { announce, cacheFolder } from './project';

interface Packages {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, string>>;
}

/** The folder of packages that are no dependencies of ours; they are installed where they are not there yet. */
export function npmTools(name: string, packages: Packages): string {
  const content = JSON.stringify({ private: true, ...packages }, null, 2);
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
  const folder = join(cacheFolder, `${name}-${hash}`);
  if (existsSync(join(folder, 'complete'))) return folder;

  announce(`installing ${name} into ${folder}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), content);
  command('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund']);
  writeFileSync(join(folder, 'complete'), '');
  return folder;
}
