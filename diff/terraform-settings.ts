import { KNOWN_AFTER_APPLY } from '../contract/outputs';
import { isFields } from '../output/fields';
import { resolve, type TerraformConfiguration, unresolvedReferences } from '../output/references';
import { type Change, type Effect, info, type ValueChange, warning } from './change';
import { compareValues } from './values';

/** What is said of a part of the configuration that is no resource. */
const SECTIONS: Readonly<Record<string, (path: string, added: boolean, removed: boolean) => Effect[]>> = {
  terraform: path =>
    path === 'backend'
      ? [
          warning(
            'the state moves: run terraform init -migrate-state, or Terraform plans to create everything anew',
          ),
        ]
      : [warning('run terraform init -upgrade, and read the plan: another version may plan differently')],
  provider: () => [warning('read the plan: it changes how the provider treats every resource')],
  variable: (path, added) =>
    added ? [warning(`Terraform asks for it from now on: export TF_VAR_${path}=…`)] : [],
  output: () => [warning('run cdktf deploy with --outputs-file, synth, and apply the manifests again')],
  ephemeral: () => [info('made anew in every run; written where value_wo_version changes')],
  data: () => [info('read from Azure')],
};

/**
 * Changes outside the resources, one per block.
 * @param replaced addresses of resources that are made anew, and with them what outputs say of them
 */
export function compareSettings(
  before: TerraformConfiguration,
  after: TerraformConfiguration,
  replaced: ReadonlySet<string>,
): Change[] {
  return Object.entries(SECTIONS).flatMap(([section, effects]) => {
    const old = named(section, resolve(before[section], before));
    const now = named(section, resolve(after[section], after));
    return [...new Set([...old.keys(), ...now.keys()])].flatMap((name): Change[] => {
      const values = [
        ...compareValues(old.get(name), now.get(name), { ordered: false }),
        ...(section === 'output' ? renewed(now.get(name), replaced) : []),
      ];
      if (values.length === 0) return [];
      const added = !old.has(name);
      const removed = !now.has(name);
      return [
        {
          layer: 'terraform',
          kind: section,
          name,
          action: added ? 'create' : removed ? 'delete' : 'update',
          values: added || removed ? [] : values,
          effects: effects(name, added, removed),
          security: [],
        },
      ];
    });
  });
}

function renewed(output: unknown, replaced: ReadonlySet<string>): ValueChange[] {
  return unresolvedReferences(output)
    .filter(({ address }) => replaced.has(address))
    .map(({ path, value, address }) => ({
      path,
      before: value,
      after: KNOWN_AFTER_APPLY,
      notes: [`${address} is replaced`],
    }));
}

/** The blocks of a section by their name; ephemeral resources and data sources by type and name. */
function named(section: string, value: unknown): Map<string, unknown> {
  const blocks = isFields(value) ? Object.entries(value) : [];
  if (section !== 'ephemeral' && section !== 'data') return new Map(blocks);
  return new Map(
    blocks.flatMap(([type, byName]) =>
      Object.entries(isFields(byName) ? byName : {}).map(([name, body]): [string, unknown] => [
        `${type}.${name}`,
        body,
      ]),
    ),
  );
}
