import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asFileProblem } from '../config/file-problem';
import { ProblemsError } from '../config/problem';
import { type Change, changeAll } from './all-or-nothing';

export interface Layer {
  /** The layer's folder, such as dist/terraform. */
  readonly root: string;
  /** Contents by path below it. */
  readonly files: ReadonlyMap<string, string>;
  /** Matches the paths that a run may write, and captures the environment they belong to. */
  readonly pattern: RegExp;
}

interface LayerChange extends Change {
  /** The environment, where the file goes. */
  readonly removedOf?: string;
}

/**
 * Writes what changed, completely or not at all. What Terraform keeps in the same folders (.terraform, its lock file) is
 * left alone.
 * @param outdated whether an environment's files are to be removed where this run did not make them
 * @returns the environments that files were removed of
 * @throws ProblemsError where the operating system refuses
 */
export function writeLayers(
  layers: readonly Layer[],
  outdated: (environment: string) => boolean,
): ReadonlySet<string> {
  try {
    const changes = layers.flatMap(layer => changesOf(layer, outdated));
    changeAll(changes);
    return new Set(changes.flatMap(({ removedOf }) => removedOf ?? []));
  } catch (error) {
    const roots = layers.map(({ root }) => root);
    const where = roots.join(' or ');
    throw asFileProblem(error, {
      verb: 'be written',
      where,
      after: `${roots.join(' and ')} are as they were`,
    });
  }
}

function changesOf(layer: Layer, outdated: (environment: string) => boolean): LayerChange[] {
  const { root, files } = layer;
  const written = [...files].flatMap(([path, content]) => {
    const former = read(`${root}/${path}`);
    return former === content ? [] : [{ root, path, content, exists: former !== undefined }];
  });
  return [...written, ...removals(layer, outdated)];
}

/**
 * What a file holds, mostly what it shall: reading takes a fraction of the time of writing and moving.
 * @throws ProblemsError if it is a folder, the one thing that a move does not replace
 */
function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (code !== 'EISDIR') throw error;
    const message = 'is a folder, and a file belongs there; move it away';
    throw new ProblemsError([{ where: path, path: '', message }]);
  }
}

function removals(
  { root, files, pattern }: Layer,
  outdated: (environment: string) => boolean,
): LayerChange[] {
  return listFiles(root).flatMap(path => {
    const removedOf = pattern.exec(path)?.[1];
    if (removedOf === undefined || files.has(path) || !outdated(removedOf)) return [];
    return [{ root, path, exists: true, removedOf }];
  });
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
