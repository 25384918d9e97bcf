import { isFields } from '../output/fields';
import type { ValueChange } from './change';

/** What makes an element of a list the same element in another version of it, the first that all elements have. */
const IDENTITIES = ['name', 'model_name', 'key', 'objectName', 'mountPath', 'category', 'guardrail_name'];

type Fields = Readonly<Record<string, unknown>>;

interface CompareOptions {
  /** Whether the order of a list means something. Terraform's lists here are sets; those of Kubernetes are not. */
  readonly ordered: boolean;
}

/**
 * Every place at which two documents differ, the deepest that says it. What is `null` or missing is the same, as it
 * is to Terraform and to the API server.
 */
export function compareValues(
  before: unknown,
  after: unknown,
  options: CompareOptions,
  path = '',
): ValueChange[] {
  if (isSame(before, after)) return [];
  const [old, now] = unwrapped(before, after);
  if (isFields(old) && isFields(now)) {
    return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap(key =>
      compareValues(old[key], now[key], options, path ? `${path}.${key}` : key),
    );
  }
  if (Array.isArray(old) && Array.isArray(now)) return compareLists(old, now, options, path);
  return isSame(old, now) ? [] : [{ path, before: old ?? undefined, after: now ?? undefined }];
}

function compareLists(
  before: readonly unknown[],
  after: readonly unknown[],
  options: CompareOptions,
  path: string,
): ValueChange[] {
  const identity = [...before, ...after].every(isFields) ? identityOf(before, after) : undefined;
  if (identity) return compareByIdentity(before as Fields[], after as Fields[], identity, options, path);
  if (![...before, ...after].some(item => typeof item === 'object' && item !== null)) {
    const sorted = (list: readonly unknown[]) => list.map(String).sort();
    if (!options.ordered && isSame(sorted(before), sorted(after))) return [];
    return [{ path, before, after }];
  }
  const rows = Array.from({ length: Math.max(before.length, after.length) }, (_, index) => index);
  return rows.flatMap(index => compareValues(before[index], after[index], options, `${path}[${index}]`));
}

function compareByIdentity(
  before: readonly Fields[],
  after: readonly Fields[],
  identity: string,
  options: CompareOptions,
  path: string,
): ValueChange[] {
  const names = (list: readonly Fields[]) => list.map(item => String(item[identity]));
  const find = (list: readonly Fields[], name: string) => list.find(item => String(item[identity]) === name);
  const all = [...new Set([...names(before), ...names(after)])];
  const changes = all.flatMap(name =>
    compareValues(find(before, name), find(after, name), options, `${path}[${name}]`),
  );
  const stayed = (list: readonly Fields[]) =>
    names(list).filter(name => find(before, name) && find(after, name));
  const moved = options.ordered && !isSame(stayed(before), stayed(after));
  return moved
    ? [...changes, { path, before: names(before), after: names(after), notes: ['another order'] }]
    : changes;
}

/** A change and, where a block is added or removed whole, the values in it. */
export function partsOf(change: ValueChange): ValueChange[] {
  const { path, before, after } = change;
  const whole = before === undefined ? after : after === undefined ? before : undefined;
  if (typeof whole !== 'object' || whole === null) return [change];
  const parts = Object.entries(whole).flatMap(([key, child]) => {
    const below = path ? `${path}.${key}` : key;
    return partsOf(before === undefined ? { path: below, after: child } : { path: below, before: child });
  });
  return [change, ...parts];
}

/** The key by which every element is found again; none where two share a value. */
function identityOf(before: readonly unknown[], after: readonly unknown[]): string | undefined {
  const unique = (list: readonly unknown[], key: string) => {
    const values = (list as readonly Fields[]).map(item => item[key]);
    return values.every(value => typeof value === 'string') && new Set(values).size === values.length;
  };
  return IDENTITIES.find(key => unique(before, key) && unique(after, key));
}

/** In Terraform's JSON a block is an object or a list of one. */
function unwrapped(before: unknown, after: unknown): [unknown, unknown] {
  const single = (value: unknown) =>
    Array.isArray(value) && value.length === 1 && isFields(value[0]) ? value[0] : value;
  return Array.isArray(before) && Array.isArray(after) ? [before, after] : [single(before), single(after)];
}

function isSame(before: unknown, after: unknown): boolean {
  if (Array.isArray(before) && Array.isArray(after)) {
    return before.length === after.length && before.every((item, index) => isSame(item, after[index]));
  }
  if (isFields(before) && isFields(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].every(key => isSame(before[key], after[key]));
  }
  return (before ?? undefined) === (after ?? undefined);
}
