import {
  copyFileSync,
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
import { asFileProblem } from '../config/file-problem';
import { ProblemsError } from '../config/problem';

export interface Layer {
  /** The layer's folder, such as dist/terraform. */
  readonly root: string;
  /** Contents by path below it. */
  readonly files: ReadonlyMap<string, string>;
  /** Matches the paths that a run may write, and captures the environment they belong to. */
  readonly pattern: RegExp;
}

/** What has to happen to one file. */
interface Change {
  readonly path: string;
  /** What it will hold; left out where it goes. */
  readonly content?: string;
  readonly exists: boolean;
  /** The environment, where the file goes. */
  readonly removedOf?: string;
}

/** A change whose two sides are on disk: moving a file of the staging folder makes it, or takes it back. */
interface StagedChange {
  readonly root: string;
  readonly target: string;
  readonly next?: string;
  readonly former?: string;
}

/** What the name of a staging folder begins with. */
const STAGING = '.synth-';

/** No run takes an hour, or a thousandth of it. */
const ABANDONED_AFTER_MILLISECONDS = 60 * 60 * 1000;

/**
 * Writes completely or not at all: what changed, and a copy of what it replaces, is written beside its place first. Files
 * are moved only when all of that is on disk, and moved back when one of them cannot be. What Terraform keeps in the same
 * folders (.terraform, its lock file) is left alone.
 * @param outdated whether an environment's files are to be removed where this run did not make them
 * @returns the environments that files were removed of
 * @throws ProblemsError where the operating system refuses
 */
export function writeLayers(
  layers: readonly Layer[],
  outdated: (environment: string) => boolean,
): ReadonlySet<string> {
  try {
    return writeAll(layers, outdated);
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

function writeAll(layers: readonly Layer[], outdated: (environment: string) => boolean): Set<string> {
  const planned = layers
    .map(layer => ({ root: layer.root, changes: changesOf(layer, outdated) }))
    .filter(({ changes }) => changes.length > 0);
  discard(planned.flatMap(({ root }) => abandoned(root)));
  const folders: string[] = [];
  const made: StagedChange[] = [];
  try {
    const staged = planned.flatMap(({ root, changes }) => {
      mkdirSync(root, { recursive: true });
      const folder = mkdtempSync(join(root, STAGING));
      folders.push(folder);
      return changes.map(change => stage(change, root, folder));
    });
    for (const change of staged) {
      // Before it is made: a move can fail after its folder was.
      made.push(change);
      make(change);
    }
  } catch (error) {
    // Where even this fails, the staging folder stays, with all that was there.
    for (const change of made.reverse()) takeBack(change);
    discard(folders);
    throw error;
  }
  discard(folders);
  const environments = planned.flatMap(({ changes }) => changes.flatMap(({ removedOf }) => removedOf ?? []));
  return new Set(environments);
}

function changesOf(layer: Layer, outdated: (environment: string) => boolean): Change[] {
  const { root, files } = layer;
  const written = [...files].flatMap(([path, content]) => {
    const former = read(join(root, path));
    return former === content ? [] : [{ path, content, exists: former !== undefined }];
  });
  return [...written, ...removals(layer, outdated)];
}

/**
 * What a file holds, mostly what it shall: reading takes a fraction of the time of writing and moving.
 * @throws ProblemsError if it is a folder, the one thing that a move does not replace
 */
function read(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) {
    const message = 'is a folder, and a file belongs there; move it away';
    throw new ProblemsError([{ where: path, path: '', message }]);
  }
  return found && readFileSync(path, 'utf8');
}

function removals({ root, files, pattern }: Layer, outdated: (environment: string) => boolean): Change[] {
  return listFiles(root).flatMap(path => {
    const removedOf = pattern.exec(path)?.[1];
    if (removedOf === undefined || files.has(path) || !outdated(removedOf)) return [];
    return [{ path, exists: true, removedOf }];
  });
}

function stage({ path, content, exists }: Change, root: string, folder: string): StagedChange {
  const target = join(root, path);
  const next = content === undefined ? undefined : prepare(join(folder, 'next', path));
  const former = exists ? prepare(join(folder, 'former', path)) : undefined;
  if (next && content !== undefined) writeFileSync(next, content);
  if (former) copyFileSync(target, former);
  return { root, target, next, former };
}

function make({ root, target, next }: StagedChange): void {
  if (next) {
    renameSync(next, prepare(target));
  } else {
    rmSync(target);
    removeEmpty(dirname(target), root);
  }
}

function takeBack({ root, target, next, former }: StagedChange): void {
  const isMade = next ? !existsSync(next) : !existsSync(target);
  if (isMade && former) renameSync(former, prepare(target));
  else if (isMade) rmSync(target);
  removeEmpty(dirname(target), root);
}

/** Staging folders of runs that were killed. Another run may be using its own now, and be on another machine: no process is asked for. */
function abandoned(root: string): string[] {
  if (!existsSync(root)) return [];
  const isOld = (folder: string) => Date.now() - statSync(folder).mtimeMs > ABANDONED_AFTER_MILLISECONDS;
  return readdirSync(root, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && entry.name.startsWith(STAGING))
    .map(({ name }) => join(root, name))
    .filter(isOld);
}

function discard(folders: readonly string[]): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

function prepare(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  return path;
}

/** Removes a folder, and those that it was the last in, up to the layer's. */
function removeEmpty(folder: string, root: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (folder === root || !found?.isDirectory() || readdirSync(folder).length > 0) return;
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
