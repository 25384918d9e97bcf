import { type Problem, ProblemsError } from '../config/problem';
import type { Synthesis } from '../synth/synthesize';
import { isFields } from './fields';
import { type KubernetesObject, readObjects } from './objects';
import type { TerraformConfiguration } from './references';

/** One environment's output, parsed. */
export interface EnvironmentSide {
  /** Stacks by name: `dev`, and what it has besides (`dev-addons`). */
  readonly stacks: ReadonlyMap<string, TerraformConfiguration>;
  /** In the order to apply. */
  readonly objects: readonly KubernetesObject[];
}

/** Environments by name. */
export type Side = ReadonlyMap<string, EnvironmentSide>;

/** Syntheses as their files would lie in dist/, by path below it. */
export function outputFiles(
  syntheses: readonly Pick<Synthesis, 'terraform' | 'kubernetes'>[],
): Map<string, string> {
  const below = (folder: string, files: ReadonlyMap<string, string>) =>
    [...files].map(([path, content]): [string, string] => [`${folder}/${path}`, content]);
  return new Map(
    syntheses.flatMap(({ terraform, kubernetes }) => [
      ...below('terraform', terraform),
      ...below('kubernetes', kubernetes),
    ]),
  );
}

const STACK = /(?:^|\/)stacks\/(([a-z0-9]+)(?:-[\w-]+)?)\/cdk\.tf\.json$/;
const MANIFEST = /(?:^|\/)kubernetes\/([a-z0-9]+)\/.*\.ya?ml$/;

/**
 * Reads a `dist/`: every stack and every manifest; what else lies there (notes, Terraform's own files) is no output.
 * @param files contents by path; the layers' folders are part of it
 * @param label whose state it is, for errors
 * @throws ProblemsError naming every file that cannot be read
 */
export function readSide(files: ReadonlyMap<string, string>, label: string): Side {
  const side = new Map<
    string,
    { stacks: Map<string, TerraformConfiguration>; objects: KubernetesObject[] }
  >();
  const problems: Problem[] = [];
  const environment = (name: string) => {
    const found = side.get(name);
    if (found) return found;
    const made = { stacks: new Map<string, TerraformConfiguration>(), objects: [] as KubernetesObject[] };
    side.set(name, made);
    return made;
  };
  for (const [path, content] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    try {
      const [, stack, owner] = STACK.exec(path) ?? [];
      if (stack && owner) environment(owner).stacks.set(stack, readConfiguration(content));
      const [, name] = MANIFEST.exec(path) ?? [];
      if (name) environment(name).objects.push(...readObjects(content));
    } catch (error) {
      const message = `cannot be read (${(error as Error).message.split('\n')[0]}); compare with another revision: --base <revision>`;
      problems.push({ where: label, path, message });
    }
  }
  if (problems.length > 0) throw new ProblemsError(problems);
  return side;
}

function readConfiguration(content: string): TerraformConfiguration {
  const configuration: unknown = JSON.parse(content);
  if (!isFields(configuration)) throw new Error('it holds no object');
  return configuration;
}
