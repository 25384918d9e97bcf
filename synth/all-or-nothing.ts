import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** What has to happen to one file. */
export interface Change {
  /** Folder that the path lies in, which may have to be made: dist/terraform. */
  readonly root: string;
  readonly path: string;
  /** What it will hold; left out where it goes. */
  readonly content?: string;
  readonly exists: boolean;
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
 * Makes every change or none: contents, and a copy of what they replace, are written beside their place first. Files are
 * moved only when all of that is on disk, and moved back when one of them cannot be.
 * @throws what the file system throws; everything is as it was then
 */
export function changeAll(changes: readonly Change[]): void {
  const roots = [...new Set(changes.map(({ root }) => root))];
  discard(roots.flatMap(abandoned));
  const folders: string[] = [];
  const made: StagedChange[] = [];
  try {
    const staged = roots.flatMap(root => {
      mkdirSync(root, { recursive: true });
      const folder = mkdtempSync(join(root, STAGING));
      folders.push(folder);
      return changes.filter(change => change.root === root).map(change => stage(change, folder));
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
}

function stage({ root, path, content, exists }: Change, folder: string): StagedChange {
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
  const oldest = Date.now() - ABANDONED_AFTER_MILLISECONDS;
  // Another run may take its own away meanwhile.
  const isOld = (folder: string) => Number(statSync(folder, { throwIfNoEntry: false })?.mtimeMs) < oldest;
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
