import { types } from 'node:util';
import { type Environment, parseEnvironment } from './environment';
import { withGuess } from './guess';
import { hideCredentials, shownKey } from './pasted-secret';
import { type Problem, ProblemsError } from './problem';

/** The environment files by name. */
export interface EnvironmentFiles {
  keys(): Iterable<string>;
  has(name: string): boolean;
  /**
   * What its module exports, which is evaluated only now.
   * @throws what it throws
   */
  get(name: string): unknown;
  /** What TypeScript finds wrong with it, where types were checked. */
  mistakes?(name: string): readonly Problem[];
}

/** An environment by its name, or everything that is wrong with it: its absence, or its settings. */
export function readEnvironment(
  name: string,
  files: EnvironmentFiles,
): { environment: Environment } | { problems: Problem[] } {
  if (!files.has(name)) return { problems: [absence(name, files)] };
  const mistakes = (files.mistakes?.(name) ?? []).map(hideAll);
  const read = evaluate(name, files);
  // What TypeScript says of a file that cannot be read follows from that.
  if (mistakes.length === 0 || 'unreadable' in read) return read;
  const problems = 'problems' in read ? read.problems : [];
  // The check says better than TypeScript what is wrong with the value of a key.
  const keys = problems.map(({ path }) => path.split('.').at(-1));
  return { problems: [...problems, ...mistakes.filter(({ path }) => !keys.includes(path))] };
}

/**
 * The same for a command that cannot go on without it.
 * @param others what is wrong besides, such as with the command's options
 * @throws ProblemsError with everything that is wrong
 */
export function findEnvironment(
  name: string,
  files: EnvironmentFiles,
  others: readonly Problem[] = [],
): Environment {
  const read = readEnvironment(name, files);
  if ('problems' in read) throw new ProblemsError([...others, ...read.problems]);
  if (others.length > 0) throw new ProblemsError(others);
  return read.environment;
}

function absence(name: string, files: EnvironmentFiles): Problem {
  const known = [...files.keys()].sort();
  const is = /^https?:/.test(name) ? 'is a URL, which only verify takes, with --url' : 'is no environment';
  return {
    where: 'environments',
    path: shownKey(name),
    ...(name === '' && { given: '""' }),
    message: `${is}; ${withGuess(name, known, `the folder holds ${known.join(', ')}`)}`,
  };
}

function evaluate(
  name: string,
  files: EnvironmentFiles,
): { environment: Environment } | { problems: Problem[]; unreadable?: true } {
  const where = `environments/${name}.ts`;
  let file: unknown;
  try {
    file = files.get(name);
  } catch (error) {
    return {
      problems: [thrown(where, error)],
      ...(error instanceof SyntaxError && { unreadable: true }),
    };
  }
  const missing = unexported(file);
  if (missing) return { problems: [{ where, path: '', message: missing }] };
  return parseEnvironment(name, file);
}

/** What a module exports that is no environment at all. */
function unexported(file: unknown): string | undefined {
  if (file === undefined) return 'exports nothing; end it with export default, and the environment';
  return types.isPromise(file) ? 'exports a Promise; export the environment itself' : undefined;
}

/** A file that has no value to check. */
function thrown(where: string, error: unknown): Problem {
  const { name, message, stack = '' } = error instanceof Error ? error : { name: '', message: String(error) };
  const [, file, line] = /^ +at .*?([\w@./-]+\.(?:[jt]s|json)):(\d+)/m.exec(stack) ?? [];
  const place = file === where ? `line ${line}` : `${file}, line ${line}`;
  const does = name === 'SyntaxError' ? 'cannot be read:' : 'threw';
  return hideAll({ where, path: '', message: `${does} ${message}${file ? ` (${place})` : ''}` });
}

/** Messages of others, who quote. */
function hideAll(problem: Problem): Problem {
  return {
    ...problem,
    path: shownKey(problem.path),
    message: hideCredentials(problem.message, problem.path),
  };
}
