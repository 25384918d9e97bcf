import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { withGuess } from './guess';
import { shownKey } from './pasted-secret';
import type { Problem } from './problem';

/**
 * What is wrong with the value of an option, to be said with whatever else is wrong.
 * @param find says what is wrong with what was given, if anything
 */
export function optionProblem(
  option: string,
  given: string | undefined,
  find: (given: string) => string | undefined,
): Problem[] {
  if (given === undefined) return [];
  const message = find(given);
  return message ? [{ where: option, path: '', given: shownKey(given) || '""', message }] : [];
}

/** For an option that takes one of a few words. */
export function oneOf(words: readonly string[]): (given: string) => string | undefined {
  return given =>
    words.includes(given) ? undefined : `is unknown; ${withGuess(given, words, `use ${words.join(', ')}`)}`;
}

/** For an option that takes a file to write. */
export function folderProblem(file: string): string | undefined {
  return existsSync(dirname(file)) ? undefined : `there is no folder ${dirname(file)}`;
}
