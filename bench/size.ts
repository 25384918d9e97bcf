import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../e2e/harness/project';
import type { Measurement } from './harness/measurement';

const modules = join(projectFolder, 'node_modules');

/** Bytes of all files below a folder; a file of several names, as esbuild's is, counts once. */
function sizeOf(folder: string, seen = new Set<number>()): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    if (entry.name === '.cache') return sum;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sum + sizeOf(path, seen);
    const { ino, size: bytes } = lstatSync(path);
    if (seen.has(ino)) return sum;
    seen.add(ino);
    return sum + bytes;
  }, 0);
}

interface Locked {
  readonly packages: Record<
    string,
    { dependencies?: Record<string, string>; optionalDependencies?: Record<string, string> }
  >;
}

/** The folders of a package and of everything that it brings, as npm laid them out. */
function closure({ packages }: Locked, path: string, found = new Set<string>()): Set<string> {
  if (found.has(path)) return found;
  found.add(path);
  const { dependencies, optionalDependencies } = packages[path] ?? {};
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    const folders = path
      .split('/node_modules/')
      .map((_, index, parts) => parts.slice(0, parts.length - index).join('/node_modules/'));
    const candidates = [...folders.map(folder => `${folder}/node_modules/${name}`), `node_modules/${name}`];
    const installed = candidates.find(candidate => candidate in packages);
    if (installed) closure({ packages }, installed, found);
  }
  return found;
}

export const size: Measurement = {
  name: 'size',
  title: 'What each dependency costs',
  how: 'Size and number of packages as installed here, with all that a dependency brings (what two of them bring counts for both).',
  measure: () => {
    const { dependencies, devDependencies } = JSON.parse(
      readFileSync(join(projectFolder, 'package.json'), 'utf8'),
    );
    // npm's record of what is installed here, without the binaries of other platforms.
    const locked: Locked = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8'));
    const costs = [...Object.keys(dependencies), ...Object.keys(devDependencies)].map(name => {
      // A package that carries others inside itself is counted with them.
      const folders = [...closure(locked, `node_modules/${name}`)];
      const outermost = folders.filter(folder => !folders.some(other => folder.startsWith(`${other}/`)));
      const seen = new Set<number>();
      const bytes = outermost.reduce((sum, folder) => sum + sizeOf(join(projectFolder, folder), seen), 0);
      return { name, packages: folders.length, megabytes: bytes / 1024 / 1024 };
    });
    const all = { megabytes: sizeOf(modules) / 1024 / 1024, packages: Object.keys(locked.packages).length };
    const sorted = costs.sort((a, b) => b.megabytes - a.megabytes);
    return {
      columns: ['dependency', 'installed', 'packages'],
      rows: [
        ...sorted.map(({ name, megabytes, packages }) => [
          name,
          `${megabytes.toFixed(1)} MB`,
          String(packages),
        ]),
        ['all', `${all.megabytes.toFixed()} MB`, String(all.packages)],
      ],
      raw: { costs: sorted, all },
    };
  },
};
