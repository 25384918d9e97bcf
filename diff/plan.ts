import { KNOWN_AFTER_APPLY } from '../contract/outputs';
import { isFields } from '../output/fields';
import { opened } from '../output/opened';
import {
  type Resource,
  resolve,
  type TerraformConfiguration,
  unresolvedReferences,
} from '../output/references';
import type { ValueChange } from './change';
import type { Pair } from './pairs';
import { forcesReplacement, withoutKeys } from './replacement';
import { compareValues } from './values';

/** Arguments of Terraform's own: they change how it works, and nothing in the cloud. */
const META = ['depends_on', 'lifecycle', 'provider', 'connection', 'provisioner', 'count', 'for_each'];

/** Whether a place in a resource is one of them. */
function isMeta(path: string): boolean {
  return META.includes(path.split('.')[0] ?? '');
}

const FORCES = 'forces replacement';
const IGNORED = 'ignored: lifecycle.ignore_changes';

/** What differs in a resource that both sides have, with what Terraform makes of it at each place. */
export function differences(
  { before, after, type }: Pair,
  old: TerraformConfiguration,
  now: TerraformConfiguration,
): ValueChange[] {
  if (!before || !after) return [];
  const ignored = ignoredPaths(after);
  // The values of a Helm chart are YAML, a query has lines.
  const [from, to] = [opened(resolve(before, old)), opened(resolve(after, now))];
  return compareValues(from, to, { ordered: false }).map(change => {
    const notes = ignored.some(path => withoutKeys(change.path).startsWith(path))
      ? [IGNORED]
      : isMeta(change.path)
        ? []
        : forcesReplacement(type, change)
          ? [FORCES]
          : [];
    return notes.length > 0 ? { ...change, notes: [...(change.notes ?? []), ...notes] } : change;
  });
}

/** `default_node_pool[0].node_count` as paths are written here. */
function ignoredPaths({ lifecycle }: Resource): string[] {
  const paths = isFields(lifecycle) ? lifecycle.ignore_changes : undefined;
  return Array.isArray(paths) ? paths.map(path => withoutKeys(String(path))) : [];
}

/**
 * The addresses that are replaced: by a value of their own, or because they refer to what a replaced resource gets
 * anew. Terraform plans the latter as "(known after apply)", and so do we.
 */
export function propagate(
  pairs: readonly Pair[],
  values: Map<string, ValueChange[]>,
  now: TerraformConfiguration,
): Set<string> {
  const replaced = new Set<string>();
  let size = -1;
  while (size < replaced.size) {
    size = replaced.size;
    for (const { address, type, before, after } of pairs) {
      if (!before || !after) continue;
      const own = values.get(address) ?? [];
      for (const reference of unresolvedReferences(resolve(after, now))) {
        const known = own.some(({ path }) => withoutKeys(path) === reference.path);
        if (
          known ||
          isMeta(reference.path) ||
          reference.address === address ||
          !replaced.has(reference.address)
        )
          continue;
        const change = { path: reference.path, before: reference.value, after: KNOWN_AFTER_APPLY };
        const forces = forcesReplacement(type, change);
        own.push({ ...change, notes: [`${reference.address} is replaced`, ...(forces ? [FORCES] : [])] });
      }
      values.set(address, own);
      if (own.some(({ notes }) => notes?.includes(FORCES))) replaced.add(address);
    }
  }
  return replaced;
}

/** Whether a value reaches the cloud: it is no argument of Terraform's own, and the lifecycle does not ignore it. */
export function reachesCloud({ path, notes }: ValueChange): boolean {
  return !isMeta(path) && !notes?.includes(IGNORED);
}
