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
  const message = [`cannot ${verb}: ${REASONS[code]}`, ...(after ? [after] : [])].join('; ');
  return new ProblemsError([{ where: dest.replace(STAGING, ''), path: '', message }]);
}

/** What lies in a staging folder is on its way to the place beside it. */
const STAGING = /[/\\]\.synth-.*/;

/** As Node throws it. */
interface FileError {
  readonly code?: string;
  readonly syscall?: string;
  readonly path?: string;
  /** Where it was to be moved or copied. */
  readonly dest?: string;
}
