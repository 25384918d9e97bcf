import { FIELD_MANAGER, type Kubectl, type KubernetesObject } from './kubectl';
import type { Step } from './step';

const NAMESPACE = 'kube-system';
const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';

/**
 * Restarts CoreDNS if it has not been since its configuration changed: it does not reload what AKS imports. Both times
 * are the cluster's, so a run that ended between the change and the restart is made up for by the next one.
 */
export async function restartCoreDns(step: Step, kubectl: Kubectl): Promise<void> {
  const [configMap, deployment] = await Promise.all([
    kubectl.find('configmap', 'coredns-custom', NAMESPACE),
    kubectl.find('deployment', 'coredns', NAMESPACE),
  ]);
  if (!deployment) throw new Error('there is no Deployment kube-system/coredns; this is no cluster of AKS');
  const changed = changedAt(configMap);
  const restarted = deployment.spec.template.metadata?.annotations?.[RESTARTED_AT];
  if (restarted !== undefined && Date.parse(restarted) >= Date.parse(changed)) return;
  step.say('restarts CoreDNS, whose configuration changed');
  await kubectl.ok(['rollout', 'restart', 'deployment/coredns', `--namespace=${NAMESPACE}`]);
  await kubectl.ok(['rollout', 'status', 'deployment/coredns', `--namespace=${NAMESPACE}`, '--timeout=5m'], {
    timeoutSeconds: 330,
    show: true,
  });
  step.note('CoreDNS restarted');
}

/** When our fields last changed; applying what is there already does not move it. */
function changedAt(configMap: KubernetesObject): string {
  const { managedFields = [], creationTimestamp } = configMap.metadata;
  const ours = managedFields.find(({ manager }: KubernetesObject) => manager === FIELD_MANAGER);
  return ours?.time ?? creationTimestamp;
}
