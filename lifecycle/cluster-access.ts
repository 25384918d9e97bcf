import { z } from 'zod';
import type { Environment } from '../config/environment';
import type { ClusterAccess } from '../verify/cluster-access';
import { Azure } from './azure';
import { Kubectl } from './kubectl';
import { readJson } from './read-json';
import type { Step } from './step';
import { type Patience, waitFor } from './wait';

export interface ReachClusterProps {
  readonly environment: Environment;
  /** Default: the one of the login. */
  readonly subscription?: string;
  /** Where our own kubeconfig is written. */
  readonly kubeconfig: string;
  /** The user's context to use instead. */
  readonly context?: string;
  /** Role assignments take minutes to reach a new cluster. */
  readonly patience: Patience;
}

/** The environment's cluster does not exist. */
export class NoCluster extends Error {}

/**
 * A way to the environment's cluster, and to no other: a kubeconfig of our own, or the user's context once its server is
 * known to be the one that Azure names.
 * @throws NoCluster, or Error if the context is another cluster's
 */
export async function reachCluster(step: Step, props: ReachClusterProps): Promise<ClusterAccess> {
  const { environment, subscription, kubeconfig, context } = props;
  const azure = new Azure(step, subscription);
  const { cluster: name, resourceGroup } = environment.names;
  const cluster = await azure.cluster(environment);
  if (!cluster) throw new NoCluster(`there is no cluster ${name} in ${resourceGroup}`);
  if (cluster.powerState === 'Stopped') {
    throw new Error(`${name} is stopped; az aks start --resource-group ${resourceGroup} --name ${name}`);
  }
  const access = context === undefined ? { kubeconfig } : { context };
  if (context === undefined) {
    await azure.writeKubeconfig(environment, kubeconfig);
    await step.ok('kubelogin', ['convert-kubeconfig', '--login', 'azurecli', '--kubeconfig', kubeconfig]);
  }
  const kubectl = new Kubectl(step, access);
  const server = await serverOf(kubectl);
  if (!cluster.hosts.includes(server)) {
    throw new Error(
      `the context ${context ?? 'in our kubeconfig'} is ${server}, which is not ${name} (${cluster.hosts.join(', ')}); leave --context out, or name one of this cluster`,
    );
  }
  await untilAllowed(step, kubectl, props.patience);
  return access;
}

/** What is read of a kubeconfig: with --minify, the cluster of one context. */
const kubeconfig = z.object({
  clusters: z.tuple([z.object({ cluster: z.object({ server: z.url('is no URL') }) })]),
});

/** The host of the API server that a context leads to. */
async function serverOf(kubectl: Kubectl): Promise<string> {
  const text = await kubectl.ok(['config', 'view', '--minify', '--output=json']);
  const [{ cluster }] = readJson('kubectl config view', text, kubeconfig).clusters;
  return new URL(cluster.server).hostname;
}

/** Waits until Entra lets us in: only a refusal is worth waiting for. */
async function untilAllowed(step: Step, kubectl: Kubectl, patience: Patience): Promise<void> {
  const args = ['get', 'namespace', 'kube-system', '--output=name'];
  const look = async () => {
    const answer = await kubectl.run(args);
    const forbidden = /Forbidden|Unauthorized|must be logged in/.test(answer.stderr);
    if (answer.status !== 0 && forbidden) {
      step.say('not allowed yet; a new role takes minutes to reach the cluster');
      return undefined;
    }
    return answer;
  };
  const answer = (await waitFor(look, patience, step.interrupted)) ?? (await kubectl.run(args));
  if (answer.status !== 0) throw step.failed('kubectl', args, answer);
}
