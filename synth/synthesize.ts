import type { Environment } from '../config/environment';
import { type Outputs, unknownOutputs } from '../contract/outputs';
import { renderKubernetes } from './kubernetes';
import { stackFile } from './manifest';
import { renderTerraform } from './terraform';

/** One environment's output, complete and in memory. */
export interface Synthesis {
  readonly environment: Environment;
  /** Whether the manifests still wait for a first deployment. */
  readonly preview: boolean;
  /** Names of the Terraform stacks, in the order to deploy, with how many resources each declares. */
  readonly stacks: readonly { readonly name: string; readonly resources: number }[];
  /** Contents by path below the layer's folder. */
  readonly terraform: ReadonlyMap<string, string>;
  readonly kubernetes: ReadonlyMap<string, string>;
  readonly objects: number;
}

/** Renders both layers of an environment; depends on nothing but its arguments. */
export function synthesize(environment: Environment, outputs: Outputs): Synthesis {
  const { name } = environment;
  const stacks = renderTerraform(environment);
  const manifests = renderKubernetes(environment, outputs);
  return {
    environment,
    preview: outputs === unknownOutputs,
    stacks: stacks.map(({ stack, resources }) => ({ name: stack, resources })),
    terraform: new Map(stacks.map(({ stack, content }) => [stackFile(stack), content])),
    kubernetes: new Map(manifests.map(file => [`${name}/${file.path}`, file.content])),
    objects: manifests.reduce((sum, file) => sum + file.objects, 0),
  };
}
