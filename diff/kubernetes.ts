import { HIDDEN } from '../config/pasted-secret';
import { comparable, isPreview, type KubernetesObject, objectName } from '../output/objects';
import { type Change, type Effect, info, type ValueChange, warning } from './change';
import { dangersOfRemoval, effectsOf, effectsOfCreation } from './kubernetes-effects';
import { securityOf } from './security';
import { compareValues } from './values';

/** A generated ending: the hash of a Job or of a configuration, the revision of a set of secrets. */
const GENERATED = /-([0-9a-f]{6,}|\d+)$/;

/** What applying one set of manifests in place of another does, in the order to apply. */
export function compareObjects(
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
): Change[] {
  const old = new Map(before.map(object => [keyOf(object), object]));
  const now = new Map(after.map(object => [keyOf(object), object]));
  const gone = before.filter(object => !now.has(keyOf(object)));
  const renewed = new Map<string, KubernetesObject>();
  for (const object of after) {
    if (old.has(keyOf(object))) continue;
    const former = gone.findIndex(other => isGenerated(other) && keyOf(other, true) === keyOf(object, true));
    const [replaced] = former >= 0 && isGenerated(object) ? gone.splice(former, 1) : [];
    if (replaced) renewed.set(keyOf(object), replaced);
  }
  return [
    ...after.flatMap(object => {
      const same = old.get(keyOf(object));
      const former = renewed.get(keyOf(object));
      if (same) return update(same, object);
      return former ? [renewal(former, object)] : [creation(object)];
    }),
    ...gone.map(removal),
  ];
}

/** An object's identity; its version does not belong to it: apps/v1beta1 and apps/v1 are the same Deployment. */
function keyOf(object: KubernetesObject, withoutEnding = false): string {
  const group = object.apiVersion.includes('/') ? object.apiVersion.split('/')[0] : '';
  const name = objectName(object);
  return [group, object.kind, withoutEnding ? name.replace(GENERATED, '') : name].join(' ');
}

function isGenerated({ metadata }: KubernetesObject): boolean {
  return GENERATED.test(metadata.name);
}

function update(before: KubernetesObject, after: KubernetesObject): Change[] {
  const values = compareValues(comparable(before), comparable(after), { ordered: true }).map(shown(after));
  if (values.length === 0) return [];
  const effects = isPreview(before)
    ? [info('was a preview, which no API server accepts: nothing to roll')]
    : effectsOf(before, after, values);
  return [change('update', after, values, effects)];
}

/** Another name for the next version of the same thing: a Job that runs again, a configuration that pods mount anew. */
function renewal(before: KubernetesObject, after: KubernetesObject): Change {
  const values = compareValues(comparable(before), comparable(after), { ordered: true }).map(shown(after));
  const text =
    after.kind === 'Job'
      ? `runs again under a new name; ${before.metadata.name} stays until it is deleted or its time to live ends`
      : `a new object beside ${before.metadata.name}: pods that use it roll, and the old one stays until it is deleted`;
  return change('update', after, values, isPreview(before) ? [] : [warning(text)]);
}

function creation(object: KubernetesObject): Change {
  return change('create', object, [{ path: '', after: object }], effectsOfCreation(object));
}

function removal(object: KubernetesObject): Change {
  return change(
    'delete',
    object,
    [{ path: '', before: object }],
    [
      info(
        'kubectl apply leaves it in the cluster until somebody deletes it; a GitOps controller that prunes removes it',
      ),
      ...(isPreview(object) ? [] : dangersOfRemoval(object)),
    ],
  );
}

function change(
  action: Change['action'],
  object: KubernetesObject,
  values: readonly ValueChange[],
  effects: readonly Effect[],
): Change {
  const judged = securityOf('kubernetes', object.kind, values);
  const recreated = effects.some(({ level, text }) => level === 'danger' && text.startsWith('immutable'));
  return {
    layer: 'kubernetes',
    kind: object.kind,
    name: objectName(object),
    action: recreated ? 'replace' : action,
    // What comes or goes whole is in the manifests; here its name is enough.
    values: action === 'update' ? judged.values : [],
    effects,
    security: judged.topics,
  };
}

/** The values of a Secret are never shown, not even those that should not be there. */
function shown({ kind }: KubernetesObject): (value: ValueChange) => ValueChange {
  const hidden = (value: unknown) => (value === undefined ? undefined : HIDDEN);
  return value => {
    const { path, before, after } = value;
    return kind === 'Secret' && /^(data|stringData)\b/.test(path)
      ? { ...value, before: hidden(before), after: hidden(after) }
      : value;
  };
}
