import { KNOWN_AFTER_APPLY } from '../contract/outputs';
import { isFields } from '../output/fields';
import { type Resource, type TerraformConfiguration, unresolvedReferences } from '../output/references';
import { type Change, danger, type Effect, info, type ValueChange, warning } from './change';
import { type Pair, pairUp } from './pairs';
import { differences, propagate, reachesCloud } from './plan';
import { forcesReplacement, isKnownType } from './replacement';
import { securityOf } from './security';
import { effectsOf, lossOf } from './terraform-effects';
import { compareSettings } from './terraform-settings';

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
  const real = values.filter(reachesCloud);
  const effects =
    action === 'replace'
      ? [danger('replaced: destroyed, then created anew'), ...lossOf(type, name), ...refusal(after)]
      : real.length + orphaned.length === 0
        ? [info('changes nothing in the cloud')]
        : inPlace([...effectsOf(type, name, real), ...unknownType(type, real)]);
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

/** What the symbol says, where there is nothing more to say. */
function inPlace(effects: readonly Effect[]): readonly Effect[] {
  return effects.length > 0 ? effects : [info('changes in place')];
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
