import { shownKey } from './pasted-secret';
import type { Problem } from './problem';

/**
 * What is no plain data in an environment file: a Map or a Date looks like an object without keys, and would be taken for
 * one.
 * @returns also whether something holds itself, which nobody can look through
 */
export function plainDataProblems(where: string, file: unknown): { problems: Problem[]; isEndless: boolean } {
  const problems: Problem[] = [];
  let isEndless = false;
  const look = (value: unknown, path: readonly string[], above: readonly object[]): void => {
    if (typeof value !== 'object' || value === null) return;
    const found = (message: string) => problems.push({ where, path: path.join('.'), message });
    const depth = above.indexOf(value);
    if (depth >= 0) {
      isEndless = true;
      const holder = path.slice(0, depth).join('.') || 'the whole environment';
      found(`is ${holder} again, which holds it; write what it should hold`);
    } else if (isPlain(value)) {
      for (const [key, child] of Object.entries(value)) {
        look(child, [...path, shownKey(key)], [...above, value]);
      }
    } else {
      found(`is ${className(value)}; use an object in braces, a list, or a string`);
    }
  };
  look(file, [], []);
  return { problems, isEndless };
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === null || prototype === Object.prototype;
}

function className(value: object): string {
  const name = value.constructor?.name || 'object of a class';
  return `${/^[AEIO]/i.test(name) ? 'an' : 'a'} ${name}`;
}
