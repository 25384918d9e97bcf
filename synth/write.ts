import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

export interface Layer {
  /** The layer's folder, such as dist/terraform. */
  readonly root: string;
  /** Contents by path below it. */
  readonly files: ReadonlyMap<string, string>;
  /** Matches the paths that a run may write, and captures the environment they belong to. */
  readonly pattern: RegExp;
}

/**
 * Writes completely or not at all: what changed is written beside its place first and moved there only when all of it
 * is on disk. What Terraform keeps in the same folders (.terraform, its lock file) is left alone.
 * @param outdated whether an environment's files are to be removed where this run did not make them
 */
export function writeLayers(layers: readonly Layer[], outdated: (environment: string) => boolean): void {
  const staged: { root: string; folder: string; files: string[] }[] = [];
  try {
    for (const { root, files } of layers) {
      mkdirSync(root, { recursive: true });
      const folder = mkdtempSync(join(root, '.synth-'));
      const changed = [...files].filter(([path, content]) => !holds(join(root, path), content));
      staged.push({ root, folder, files: changed.map(([path]) => path) });
      for (const [path, content] of changed) writeFileSync(prepare(join(folder, path)), content);
    }
    for (const { root, folder, files } of staged) {
      for (const path of files) renameSync(join(folder, path), prepare(join(root, path)));
    }
  } finally {
    for (const { folder } of staged) rmSync(folder, { recursive: true, force: true });
  }
  for (const layer of layers) removeOutdated(layer, outdated);
}

/**
 * Whether a file holds this already, as most do: reading takes a fraction of the time of writing and moving.
 * @throws Error if it is a folder, the one thing that a move does not replace
 */
function holds(path: string, content: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) {
    throw new Error(`${path} is a folder, and a file belongs there; nothing was written.`);
  }
  return found !== undefined && readFileSync(path, 'utf8') === content;
}

function prepare(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  return path;
}

function removeOutdated({ root, files, pattern }: Layer, outdated: (environment: string) => boolean): void {
  for (const path of listFiles(root)) {
    const environment = pattern.exec(path)?.[1];
    if (environment === undefined || files.has(path) || !outdated(environment)) continue;
    rmSync(join(root, path));
    removeEmpty(dirname(join(root, path)), root);
  }
}

/** Removes a folder, and those that it was the last in, up to the layer's. */
function removeEmpty(folder: string, root: string): void {
  if (folder === root || readdirSync(folder).length > 0) return;
  rmdirSync(folder);
  removeEmpty(dirname(folder), root);
}

/** Every file below a folder, as a path with slashes; hidden folders, such as .terraform, are not entered. */
export function listFiles(root: string, below = ''): string[] {
  if (!existsSync(join(root, below))) return [];
  return readdirSync(join(root, below), { withFileTypes: true }).flatMap(entry => {
    if (entry.name.startsWith('.')) return [];
    const path = below ? `${below}/${entry.name}` : entry.name;
    return entry.isDirectory() ? listFiles(root, path) : [path];
  });
}
