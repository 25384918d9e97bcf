import type { Environment } from '../config/environment';
import { type Outputs, unknownOutputs } from '../contract/outputs';
import type { Subject } from '../invariants/invariant';
import { KubernetesLayer } from '../invariants/kubernetes-layer';
import type { Policy } from '../invariants/reachability';
import { TerraformLayer } from '../invariants/terraform-layer';
import { connectionMatrix } from './connection-matrix';
import { renderKubernetes } from './kubernetes';
import { stackFile } from './manifest';
import { renderTerraform } from './terraform';

/** One environment's output, complete and in memory. */
export interface Synthesis {
  readonly environment: Environment;
  /** The same output as values, for those who check it. */
  readonly subject: Subject;
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
  const objects = manifests.flatMap(file => file.objects);
  const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy') as unknown as Policy[];
  return {
    environment,
    subject: {
      environment,
      terraform: new TerraformLayer(stacks.map(({ configuration }) => configuration)),
      kubernetes: new KubernetesLayer(objects),
    },
    preview: outputs === unknownOutputs,
    stacks: stacks.map(({ stack, resources }) => ({ name: stack, resources })),
    terraform: new Map(stacks.map(({ stack, content }) => [stackFile(stack), content])),
    kubernetes: new Map([
      ...manifests.map(file => [`${name}/${file.path}`, file.content] as const),
      [`${name}/connections.md`, connectionMatrix(environment, policies)],
    ]),
    objects: objects.length,
  };
}
