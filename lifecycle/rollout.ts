import { diagnose } from './diagnosis';
import type { Kubectl } from './kubectl';
import type { ObjectId } from './manifests';
import type { Patience } from './wait';

/**
 * Waits until a Deployment's new pods serve. They come one after the other, and there may be two hundred: the patience is
 * for each next one.
 * @throws Error that says why they do not, with their events and last words
 */
export async function waitForRollout(
  kubectl: Kubectl,
  deployment: ObjectId,
  { seconds }: Patience,
): Promise<void> {
  const { name, namespace } = deployment;
  let serving = 0;
  for (;;) {
    const answer = await kubectl.run(
      ['rollout', 'status', `deployment/${name}`, `--namespace=${namespace}`, `--timeout=${seconds}s`],
      // kubectl gives up first, and says why.
      { timeoutSeconds: seconds + 60, show: true },
    );
    if (answer.status === 0) return;
    const before = serving;
    serving = await newPods(kubectl, deployment);
    if (serving > before) continue;
    const findings = await diagnose(kubectl, namespace, `app.kubernetes.io/name=${name}`);
    const said = (answer.stderr || answer.stdout).trim();
    throw new Error([`the Deployment ${namespace}/${name} is not ready: ${said}`, ...findings].join('\n'));
  }
}

/** How many pods of the new kind serve; none where nobody says so. */
async function newPods(kubectl: Kubectl, { name, namespace }: ObjectId): Promise<number> {
  const found = await kubectl.find('deployment', name, namespace).catch(() => undefined);
  const { updatedReplicas = 0, unavailableReplicas = 0 } = found?.status ?? {};
  return updatedReplicas - unavailableReplicas;
}
