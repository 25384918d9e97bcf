import type { Kubectl } from './kubectl';
import type { Step } from './step';
import { type Patience, waitFor } from './wait';

/**
 * Deletes a namespace and waits until it is gone: the load balancers of its Services go with it, and Azure does not
 * delete an address that one of them still uses.
 * @throws Error that says what holds it
 */
export async function deleteNamespace(
  step: Step,
  kubectl: Kubectl,
  name: string,
  patience: Patience,
): Promise<void> {
  await kubectl.ok(['delete', 'namespace', name, '--ignore-not-found', '--wait=false']);
  let held = '';
  step.say(`${name} is being deleted`);
  const gone = await waitFor(
    async () => {
      const [found] = await kubectl.list('namespaces', `--field-selector=metadata.name=${name}`);
      if (!found) return true;
      const conditions: { status: string; message: string }[] = found.status?.conditions ?? [];
      const now = conditions.flatMap(({ status, message }) => (status === 'True' ? message : [])).join('; ');
      if (now !== held) step.say(now);
      held = now;
      return undefined;
    },
    patience,
    step.interrupted,
  );
  if (!gone) throw new Error(`${name} is not gone after ${patience.seconds} s: ${held || 'nobody says why'}`);
  const balancers = (await kubectl.list('services', '--all-namespaces')).filter(
    ({ spec }) => spec.type === 'LoadBalancer',
  );
  for (const { metadata } of balancers) {
    step.note(
      `${metadata.namespace}/${metadata.name} still has a load balancer, which goes with its own stack or the cluster`,
    );
  }
}
