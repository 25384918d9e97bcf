import { everything } from '../../__tests__/fixtures/everything';
import { environmentFiles, environmentOf } from '../../__tests__/helpers/environment';
import type { Json } from '../../__tests__/helpers/objects';
import { outputs } from '../../__tests__/helpers/render';
import type { Kubectl } from './kubectl';
import { type Rendered, render } from './rendered';
import { byId, type Objects } from './stored';

/** What comes with the project, and the fixture that sets everything. */
export const environments = [...environmentFiles(), ['everything', everything] as const].map(
  ([name, file]) => {
    const environment = environmentOf(file, name);
    return { name, environment, rendered: render(environment, outputs, 'rendered') };
  },
);

const kinds = environments.flatMap(({ rendered }) => rendered.objects.map(({ kind }) => kind));

/** The objects of these environments on an API server. */
export class Applied {
  constructor(private readonly kubectl: Kubectl) {}

  clear(): void {
    this.kubectl.clear(kinds);
  }

  /** Every object that was ever applied and still exists. */
  stored(): Objects {
    return byId(this.kubectl.applied(kinds));
  }

  /** Applied as one folder, without a word but that it was. */
  expectAccepted({ folder, objects }: Rendered): void {
    const { status, stdout, stderr } = this.kubectl.apply(folder);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.match(/ serverside-applied$/gm)).toHaveLength(objects.length);
  }

  /** An empty cluster, and then this alone. */
  expectFresh(rendered: Rendered): Objects {
    this.clear();
    this.expectAccepted(rendered);
    const stored = this.stored();
    expect([...stored.keys()]).toEqual(rendered.ids);
    return stored;
  }
}

/** Kind and name of the one rendered object of a kind. */
export function idOf({ ids }: Rendered, kind: string): string {
  const [id, ...others] = ids.filter(found => found.startsWith(`${kind}/`));
  if (id === undefined || others.length > 0) throw new Error(`not exactly one ${kind}: ${ids.join(', ')}`);
  return id;
}

export function nameOf(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}

/** One document for each: kubectl checks the items of a List itself, and in another way than the API server. */
export function yaml(objects: readonly Json[]): string {
  return objects.map(object => JSON.stringify(object)).join('\n---\n');
}
