import type { Json } from '../../__tests__/helpers/objects';

/** Objects by kind and name, in that order. */
export type Objects = ReadonlyMap<string, Json>;

export function byId(objects: readonly Json[]): Objects {
  const entries = objects.map(object => [`${object.kind}/${object.metadata.name}`, object] as const);
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What became of the API server's objects. */
export function changes(before: Objects, after: Objects) {
  const version = (objects: Objects, id: string) => objects.get(id)?.metadata.resourceVersion;
  const known = [...after.keys()].filter(id => before.has(id));
  return {
    added: [...after.keys()].filter(id => !before.has(id)),
    changed: known.filter(id => version(before, id) !== version(after, id)),
    removed: [...before.keys()].filter(id => !after.has(id)),
  };
}
