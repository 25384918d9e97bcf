import { accessSync, constants, existsSync, lstatSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { ProblemsError } from './problem';

/** What the operating system refuses, and what helps. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied; see with ls -l whose it is',
  EPERM: 'not permitted; see with ls -l whose it is',
  EROFS: 'read-only file system',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the quota of the disk is used up',
  EEXIST: 'a file is where a folder belongs; move it away',
  ENOTDIR: 'a file is where a folder belongs; move it away',
  EISDIR: 'a folder is where a file belongs; move it away',
  ELOOP: 'a link leads nowhere; mend it, or remove it',
  ENOENT: 'there is no such file or folder',
};

interface Attempt {
  /** What was tried: `be written`. */
  readonly verb?: string;
  /** The file or folder, where the operating system does not name it: a full disk. */
  readonly where?: string;
  /** What holds now. */
  readonly after?: string;
}

/**
 * The operating system's refusal of a file, in the house's form; any other error, which is a defect, as it is.
 */
export function asFileProblem(error: unknown, { verb = 'be used', where, after }: Attempt = {}): unknown {
  const { code = '', syscall = '', path = where, dest = path } = (error ?? {}) as FileError;
  // A tool that cannot be started has a path too.
  if (!Object.hasOwn(REASONS, code) || syscall.startsWith('spawn') || dest === undefined) return error;
  const place = dest.replace(STAGING, '');
  const cause = MISLEADING.includes(code) ? causeOf({ code, place }, syscall) : { code, place };
  const message = [`cannot ${verb}: ${REASONS[cause.code]}`, ...(after ? [after] : [])].join('; ');
  return new ProblemsError([{ where: cause.place, path: '', message }]);
}

/** What lies in a staging folder is on its way to the place beside it. */
const STAGING = /[/\\]\.synth-.*/;

interface Refusal {
  readonly code: string;
  readonly place: string;
}

/** What is said of the whole path, whichever part of it is meant. */
const MISLEADING = ['EEXIST', 'ELOOP', 'ENOENT', 'ENOTDIR'];

/** The part of a path that is in the way, and what it is. */
function causeOf(said: Refusal, syscall: string): Refusal {
  const place = nearest(said.place);
  if (!existsSync(place)) return { code: 'ELOOP', place };
  if (!statSync(place).isDirectory()) return { code: 'ENOTDIR', place };
  // Node's mkdir -p says that there is no such folder, whatever it is refused.
  return { ...said, ...(syscall === 'mkdir' && refusalOf(place)) };
}

/** A path, or the nearest folder above it that is there; links are not followed. */
function nearest(path: string): string {
  try {
    lstatSync(path);
    return path;
  } catch {
    return dirname(path) === path ? path : nearest(dirname(path));
  }
}

/** Why nothing can be made in a folder, if nothing can. */
function refusalOf(folder: string): Partial<Refusal> {
  try {
    accessSync(folder, constants.W_OK);
    return {};
  } catch (error) {
    return { code: (error as Refusal).code };
  }
}

/** As Node throws it. */
interface FileError {
  readonly code?: string;
  readonly syscall?: string;
  readonly path?: string;
  /** Where it was to be moved or copied. */
  readonly dest?: string;
}
