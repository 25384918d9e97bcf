import { diagnose } from './diagnosis';
import type { Kubectl } from './kubectl';
import type { ObjectId } from './manifests';
import type { Patience } from './wait';

/**
 * Waits until a Deployment's new pods serve.
 * @throws Error that says why they do not, with their events and last words
 */
export async function waitForRollout(
  kubectl: Kubectl,
  { name, namespace }: ObjectId,
  { seconds }: Patience,
): Promise<void> {
  const answer = await kubectl.run(
    ['rollout', 'status', `deployment/${name}`, `--namespace=${namespace}`, `--timeout=${seconds}s`],
    // kubectl gives up first, and says why.
    { timeoutSeconds: seconds + 60, show: true },
  );
  if (answer.status === 0) return;
  const findings = await diagnose(kubectl, namespace, `app.kubernetes.io/name=${name}`);
  const said = (answer.stderr || answer.stdout).trim();
  throw new Error([`the Deployment ${namespace}/${name} is not ready: ${said}`, ...findings].join('\n'));
}
