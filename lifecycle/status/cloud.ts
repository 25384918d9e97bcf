import type { Environment } from '../../config/environment';
import { Azure } from '../azure';
import { NoCluster } from '../cluster-access';
import { notYet } from '../plan-stack';
import type { Step } from '../step';
import type { Terraform } from '../terraform';
import { type Finding, finding } from './part';

/** `az aks show`. */
export async function clusterState(
  step: Step,
  environment: Environment,
  subscription: string | undefined,
): Promise<Finding> {
  const { cluster: name, resourceGroup } = environment.names;
  const cluster = await new Azure(step, subscription).cluster(environment);
  if (!cluster) throw new NoCluster(`there is no cluster ${name} in ${resourceGroup}`);
  const { provisioningState, powerState, version } = cluster;
  return {
    lines: [`${name}: ${provisioningState}, ${powerState}, Kubernetes ${version}`],
    well: provisioningState === 'Succeeded' && powerState === 'Running',
  };
}

/**
 * What Terraform would change now: somebody's change in the portal, or one that is not deployed yet.
 * @param stacks in the order to deploy: the later ones log in to what the first one made
 */
export async function drift(
  step: Step,
  [cloud, ...inCluster]: readonly [Terraform, ...Terraform[]],
): Promise<Finding> {
  const findings = [await driftOf(step, cloud)];
  const isApplied = await cloud.isApplied(step);
  for (const terraform of inCluster) {
    const { name } = terraform.stack;
    const unknown = { lines: [notYet(name, cloud.stack.name)], well: false };
    findings.push(isApplied ? await finding(() => driftOf(step, terraform), `${name}: `) : unknown);
  }
  return {
    lines: findings.flatMap(({ lines }) => lines),
    well: findings.every(({ well }) => well),
  };
}

async function driftOf(step: Step, terraform: Terraform): Promise<Finding> {
  await terraform.init(step);
  // Nothing is saved and nothing locked: it only looks.
  const { stack, changes, summary } = await terraform.plan(step, '', '-lock=false');
  return { lines: [`${stack.name}: ${changes ? summary : 'no drift'}`], well: !changes };
}
