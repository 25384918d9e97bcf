import { isFields } from '../output/fields';
import { isPreview } from '../output/objects';
import type { TerraformConfiguration } from '../output/references';
import type { EnvironmentSide, Side } from '../output/side';
import { type Change, isDestructive } from './change';
import { compareObjects } from './kubernetes';
import { compareStacks } from './terraform';

/** What a change set does to one environment. */
export interface EnvironmentDiff {
  readonly name: string;
  /** Whether the environment itself is new or gone; its changes are then all of one kind. */
  readonly status: 'changed' | 'created' | 'deleted' | 'unchanged';
  /** Security-relevant ones first, then Terraform before Kubernetes, each grouped by kind. */
  readonly changes: readonly Change[];
  /** What to know about the environment as a whole. */
  readonly notes: readonly string[];
}

export interface DiffReport {
  readonly environments: readonly EnvironmentDiff[];
}

/** What follows for whoever decides: nothing, something, or something that destroys. */
export type Verdict = 'nothing' | 'changes' | 'destructive';

export function verdictOf({ environments }: DiffReport): Verdict {
  const changed = environments.filter(({ status }) => status !== 'unchanged');
  if (changed.length === 0) return 'nothing';
  return changed.some(({ changes }) => changes.some(isDestructive)) ? 'destructive' : 'changes';
}

const NOTHING: EnvironmentSide = { stacks: new Map(), objects: [] };

/**
 * Compares two states of the output.
 * @param chosen environments to look at; empty for all of both sides
 */
export function compareSides(before: Side, after: Side, chosen: readonly string[]): DiffReport {
  const names = chosen.length > 0 ? [...new Set(chosen)] : [...new Set([...before.keys(), ...after.keys()])];
  const renames = findRenames(before, after);
  return {
    environments: names.sort().map(name => {
      const old = before.get(name);
      const now = after.get(name);
      const changes = ordered(compareEnvironments(old ?? NOTHING, now ?? NOTHING));
      const status = !old ? 'created' : !now ? 'deleted' : changes.length > 0 ? 'changed' : 'unchanged';
      return {
        name,
        status,
        changes,
        notes: [...notesOf(name, status, renames), ...undeployed(old, status)],
      };
    }),
  };
}

function compareEnvironments(before: EnvironmentSide, after: EnvironmentSide): Change[] {
  const stacks = [...new Set([...before.stacks.keys(), ...after.stacks.keys()])].sort();
  return [
    ...stacks.flatMap((stack, index) =>
      compareStacks(before.stacks.get(stack) ?? {}, after.stacks.get(stack) ?? {}, index === 0 ? '' : stack),
    ),
    ...compareObjects(before.objects, after.objects),
  ];
}

/** The order in which a reviewer wants them; kinds stay together, in the order of the files. */
function ordered(changes: readonly Change[]): Change[] {
  const kinds = [...new Set(changes.map(({ kind }) => kind))];
  const rank = ({ security, layer, kind }: Change) =>
    (security.length > 0 ? 0 : 1e6) + (layer === 'terraform' ? 0 : 1e3) + kinds.indexOf(kind);
  return [...changes].sort((a, b) => rank(a) - rank(b));
}

function notesOf(
  name: string,
  status: EnvironmentDiff['status'],
  renames: ReadonlyMap<string, string>,
): string[] {
  const former = [...renames].find(([, now]) => now === name)?.[0];
  const later = renames.get(name);
  if (status === 'created' && former) {
    return [
      `looks like ${former} under another name. Azure knows no renaming: every resource is created anew, with another state, and nothing moves over from ${former}`,
    ];
  }
  if (status !== 'deleted') return [];
  return [
    ...(later ? [`looks like it became ${later}, which starts empty: its data does not follow`] : []),
    'removing the files destroys nothing: what is deployed stays and costs money. Destroy it first, from a commit that still has it: cdktf destroy',
  ];
}

/** Manifests before the first deployment are a preview: then Terraform's side is likely to be nowhere either. */
function undeployed(before: EnvironmentSide | undefined, status: EnvironmentDiff['status']): string[] {
  return status === 'changed' && before?.objects.some(isPreview)
    ? ['its manifests were a preview: as far as the repository knows, nothing of it is deployed']
    : [];
}

/** Environments that are gone, by the new one that has the same resources under other names. */
function findRenames(before: Side, after: Side): Map<string, string> {
  const gone = [...before].filter(([name]) => !after.has(name));
  const fresh = [...after].filter(([name]) => !before.has(name));
  return new Map(
    gone.flatMap(([old, side]) => {
      const twin = fresh.find(([, other]) => likeness(addresses(side), addresses(other)) > 0.9);
      return twin ? [[old, twin[0]] as const] : [];
    }),
  );
}

function addresses({ stacks }: EnvironmentSide): Set<string> {
  const all = [...stacks.values()].flatMap(({ resource = {} }: TerraformConfiguration) =>
    Object.entries(resource).flatMap(([type, byName]) =>
      Object.keys(isFields(byName) ? byName : {}).map(name => `${type}.${name}`),
    ),
  );
  return new Set(all);
}

/** How much two sets share, from 0 to 1. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const common = [...a].filter(item => b.has(item)).length;
  return common === 0 ? 0 : common / (a.size + b.size - common);
}
