import { hideCredentials, shownKey } from './pasted-secret';
import type { Problem } from './problem';

/** More than any environment needs; fewer than keep a run busy. */
const MOST_VALUES = 100_000;
const DEEPEST = 100;

/**
 * An environment file's value as plain data, each part of it read once: what a getter or a Proxy gives may be another
 * thing the next time. A Map or a Date looks like an object without keys, and would be taken for one; it is left out, as
 * is all else that is told.
 */
export function asPlainData(where: string, file: unknown): { data: unknown; problems: Problem[] } {
  const problems: Problem[] = [];
  let values = 0;

  const copy = (value: unknown, path: readonly string[], above: readonly object[]): unknown => {
    values++;
    if (values > MOST_VALUES || typeof value !== 'object' || value === null) return value;
    const message = refusal(value, path, above);
    if (message) return refuse(path, message);
    const below = [...above, value];
    const read = (key: string | number) => {
      const at = [...path, String(key)];
      return attempt(at, () => copy((value as Record<string | number, unknown>)[key], at, below));
    };
    if (Array.isArray(value)) {
      if (value.length > MOST_VALUES) return refuse(path, `has more than ${MOST_VALUES} entries; use fewer`);
      // Every index, as a list may have holes.
      return Array.from(value.keys(), read);
    }
    return Object.fromEntries(Object.keys(value).map(key => [key, read(key)]));
  };
  const attempt = (path: readonly string[], make: () => unknown): unknown => {
    try {
      return make();
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      return refuse(path, `threw ${hideCredentials(said, path.at(-1))} when it was read`);
    }
  };
  const refuse = (path: readonly string[], message: string): undefined => {
    problems.push({ where, path: shown(path), message });
  };

  const data = attempt([], () => copy(file, [], []));
  return values > MOST_VALUES
    ? { data: undefined, problems: [{ where, path: '', message: `holds more than ${MOST_VALUES} values` }] }
    : { data, problems };
}

function shown(path: readonly string[]): string {
  return path.map(shownKey).join('.');
}

/** Why an object or a list is no plain data. */
function refusal(value: object, path: readonly string[], above: readonly object[]): string | undefined {
  const depth = above.indexOf(value);
  if (depth >= 0) {
    const holder = shown(path.slice(0, depth)) || 'the whole environment';
    return `is ${holder} again, which holds it; write what it should hold`;
  }
  if (path.length > DEEPEST) return `is more than ${DEEPEST} levels deep; use fewer`;
  if (!isPlain(value)) return `is ${className(value)}; use an object in braces, a list, or a string`;
  // Whoever copies an object may set its prototype with it, and zod leaves it out.
  return Object.hasOwn(value, '__proto__')
    ? 'has the key __proto__, which is no name; leave it out'
    : undefined;
}

function isPlain(value: object): boolean {
  if (Array.isArray(value)) return true;
  const prototype = Object.getPrototypeOf(value);
  // Object.prototype, of whichever realm: it is the one that has none itself.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function className(value: object): string {
  const name = value.constructor?.name || 'object of a class';
  return `${/^[AEIO]/i.test(name) ? 'an' : 'a'} ${name}`;
}
