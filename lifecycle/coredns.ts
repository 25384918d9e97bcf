import type { Kubectl } from './kubectl';
import type { Step } from './step';

const PLACE = '--namespace=kube-system';

/** Which version of the configuration the pods were started with. */
const LOADED = 'litellm-aks/coredns-custom';

/**
 * Restarts CoreDNS if its pods were not started with the configuration that is there. It would reload it by itself, in a
 * minute or two, but says nowhere that it has, and keeps the old one where it cannot. The version is written on the pods, so
 * a run that ended between the change and the restart is made up for by the next one, and no clock has to be right.
 */
export async function restartCoreDns(step: Step, kubectl: Kubectl): Promise<void> {
  const [configMap, deployment] = await Promise.all([
    kubectl.find('configmap', 'coredns-custom', 'kube-system'),
    kubectl.find('deployment', 'coredns', 'kube-system'),
  ]);
  if (!deployment) throw new Error('there is no Deployment kube-system/coredns; this is no cluster of AKS');
  if (!configMap)
    throw new Error('the ConfigMap kube-system/coredns-custom is gone, right after it was applied');
  const version = configMap.metadata.resourceVersion;
  if (deployment.spec.template.metadata?.annotations?.[LOADED] === version) return;
  step.say('restarts CoreDNS, whose configuration changed');
  const patch = { spec: { template: { metadata: { annotations: { [LOADED]: version } } } } };
  await kubectl.ok(['patch', 'deployment', 'coredns', PLACE, `--patch=${JSON.stringify(patch)}`]);
  await kubectl.ok(['rollout', 'status', 'deployment/coredns', PLACE, '--timeout=5m'], {
    timeoutSeconds: 330,
    show: true,
  });
  step.note('CoreDNS restarted');
}
