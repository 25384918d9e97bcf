import type { Resource, TerraformConfiguration } from '../output/references';

/** A resource of both sides, at one address of the later one. */
export interface Pair {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly before?: Resource;
  readonly after?: Resource;
  /** Its former address, where a `moved` block says so. */
  readonly movedFrom?: string;
}

/** Every resource of either side, once. What stays under another address is found by its `moved` block. */
export function pairUp(before: TerraformConfiguration, after: TerraformConfiguration): Pair[] {
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
