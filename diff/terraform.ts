import { isFields } from '../output/fields';
import {
  type Resource,
  resolve,
  type TerraformConfiguration,
  unresolvedReferences,
} from '../output/references';
import { type Change, danger, type Effect, info, type ValueChange, warning } from './change';
import { forcesReplacement, isKnownType, withoutKeys } from './replacement';
import { securityOf } from './security';
import { effectsOf, lossOf } from './terraform-effects';
import { compareSettings } from './terraform-settings';
import { compareValues } from './values';

/** Arguments of Terraform's own: they change how it works, and nothing in the cloud. */
const META = ['depends_on', 'lifecycle', 'provider', 'connection', 'provisioner', 'count', 'for_each'];

/** A resource of both sides, at one address of the later one. */
interface Pair {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly before?: Resource;
  readonly after?: Resource;
  /** Its former address, where a `moved` block says so. */
  readonly movedFrom?: string;
}

/**
 * What applying one stack in place of another does.
 * @param stack its name where an environment has more than one; part of what a reader sees
 */
export function compareStacks(
  before: TerraformConfiguration,
  after: TerraformConfiguration,
  stack = '',
): Change[] {
  const pairs = pairUp(before, after);
  const values = new Map(pairs.map(pair => [pair.address, differences(pair, before, after)]));
  const replaced = propagate(pairs, values, after);
  const changes = pairs.flatMap(pair => describe(pair, values.get(pair.address) ?? [], replaced));
  return [...changes, ...compareSettings(before, after, replaced)].map(change =>
    stack ? { ...change, name: `${stack}/${change.name}` } : change,
  );
}

function pairUp(before: TerraformConfiguration, after: TerraformConfiguration): Pair[] {
  const old = new Map(addresses(before));
  const now = new Map(addresses(after));
  const moves = new Map((after.moved ?? []).map(({ from, to }) => [to, from]));
  const gone = new Set([...old.keys()].filter(address => !now.has(address)));
  const pairs = [...now].map(([address, resource]): Pair => {
    const from = moves.get(address);
    const movedFrom = from !== undefined && gone.delete(from) ? from : undefined;
    return { ...split(address), before: old.get(movedFrom ?? address), after: resource, movedFrom };
  });
  return [...pairs, ...[...gone].map(address => ({ ...split(address), before: old.get(address) }))];
}

function addresses({ resource = {} }: TerraformConfiguration): [string, Resource][] {
  return Object.entries(resource).flatMap(([type, byName]) =>
    Object.entries(byName).map(([name, body]): [string, Resource] => [`${type}.${name}`, body]),
  );
}

function split(address: string): Pick<Pair, 'address' | 'type' | 'name'> {
  const [type = '', name = ''] = address.split('.');
  return { address, type, name };
}

function differences(
  { before, after, type }: Pair,
  old: TerraformConfiguration,
  now: TerraformConfiguration,
): ValueChange[] {
  if (!before || !after) return [];
  const ignored = ignoredPaths(after);
  return compareValues(resolve(before, old), resolve(after, now), { ordered: false }).map(change => {
    const notes = ignored.some(path => withoutKeys(change.path).startsWith(path))
      ? ['ignored: lifecycle.ignore_changes']
      : META.includes(change.path.split('.')[0] ?? '')
        ? []
        : forcesReplacement(type, change)
          ? [FORCES]
          : [];
    return notes.length > 0 ? { ...change, notes: [...(change.notes ?? []), ...notes] } : change;
  });
}

const FORCES = 'forces replacement';
const KNOWN_AFTER_APPLY = '(known after apply)';

/** `default_node_pool[0].node_count` as paths are written here. */
function ignoredPaths({ lifecycle }: Resource): string[] {
  const paths = isFields(lifecycle) ? lifecycle.ignore_changes : undefined;
  return Array.isArray(paths) ? paths.map(path => withoutKeys(String(path))) : [];
}

/**
 * The addresses that are replaced: by a value of their own, or because they refer to what a replaced resource gets
 * anew. Terraform plans the latter as "(known after apply)", and so do we.
 */
function propagate(
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
        const isMeta = META.includes(reference.path.split('.')[0] ?? '');
        if (known || isMeta || reference.address === address || !replaced.has(reference.address)) continue;
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

function describe(pair: Pair, values: readonly ValueChange[], replaced: ReadonlySet<string>): Change[] {
  const { type, name, before, after, address, movedFrom } = pair;
  const layer = 'terraform';
  if (!before || !after) {
    const whole = before ? { path: '', before } : { path: '', after };
    const { topics } = securityOf(layer, type, [whole]);
    const action = before ? 'delete' : 'create';
    const effects = before ? [danger('destroyed'), ...lossOf(type, name)] : unknownType(type, []);
    return [{ layer, kind: type, name, action, values: [], effects, security: topics }];
  }
  const moved: Effect[] = movedFrom ? [info(`moved from ${movedFrom}: the resource stays`)] : [];
  const orphaned = replaced.has(address) ? [] : parents(type, after, replaced).map(orphan);
  if (values.length === 0 && moved.length + orphaned.length === 0) return [];
  const judged = securityOf(layer, type, values);
  const action = replaced.has(address) ? 'replace' : 'update';
  const real = values.filter(
    ({ path, notes }) =>
      !META.includes(path.split('.')[0] ?? '') && !notes?.some(note => note.startsWith('ignored')),
  );
  const effects =
    action === 'replace'
      ? [danger('replaced: destroyed, then created anew'), ...lossOf(type, name), ...refusal(after)]
      : real.length + orphaned.length === 0
        ? [info('changes nothing in the cloud')]
        : [...effectsOf(type, name, real), ...unknownType(type, real)];
  return [
    {
      layer,
      kind: type,
      name,
      action,
      values: judged.values,
      effects: distinct([...moved, ...orphaned, ...effects]),
      security: judged.topics,
    },
  ];
}

/** The replaced resources that a resource lies in, as far as it names them by what the plan knows beforehand. */
function parents(type: string, after: Resource, replaced: ReadonlySet<string>): string[] {
  return unresolvedReferences(after)
    .filter(({ path, value, address }) => {
      const change = { path, before: value, after: KNOWN_AFTER_APPLY };
      return replaced.has(address) && path !== 'resource_group_name' && forcesReplacement(type, change);
    })
    .map(({ address }) => address);
}

function orphan(address: string): Effect {
  return warning(
    `lies in ${address}, which is replaced, and goes with it; Terraform sees that at the next apply only: apply twice`,
  );
}

/** `prevent_destroy` stops a replacement; it does not stop the removal of the resource from the configuration. */
function refusal({ lifecycle }: Resource): Effect[] {
  return isFields(lifecycle) && lifecycle.prevent_destroy === true
    ? [warning('Terraform refuses it as long as lifecycle.prevent_destroy is true (deletionProtection)')]
    : [];
}

function unknownType(type: string, values: readonly ValueChange[]): Effect[] {
  return isKnownType(type) || values.length === 0
    ? []
    : [info(`whether it is replaced is not known for ${type}: see the plan`)];
}

function distinct(effects: readonly Effect[]): Effect[] {
  return effects.filter(({ text }, index) => effects.findIndex(other => other.text === text) === index);
}
