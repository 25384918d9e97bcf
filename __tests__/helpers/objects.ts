/** An object of unknown shape, as tests read it. */
// biome-ignore lint/suspicious/noExplicitAny: parsed JSON and YAML, whose shape is what the tests are about
export type Json = any;

/** The value at a dotted path. */
export function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce((found: Json, key) => found?.[key], value);
}

/** A deep copy with another value at a dotted path; `undefined` takes the key away. */
export function withValue<T>(value: T, path: string, replacement: unknown): T {
  const copy = structuredClone(value);
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce((found: Json, key) => {
    found[key] ??= {};
    return found[key];
  }, copy as Json);
  if (replacement === undefined) delete parent[last];
  else parent[last] = replacement;
  return copy;
}

/** The dotted paths of everything in a value that is neither an object nor a list of some. */
export function leaves(value: unknown, path = ''): string[] {
  const plain = typeof value !== 'object' || value === null;
  if (plain || (Array.isArray(value) && value.every(item => typeof item !== 'object'))) return [path];
  return Object.entries(value).flatMap(([key, child]) => leaves(child, path ? `${path}.${key}` : key));
}

/** Every string within a value, keys excluded. */
export function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}
