import { diagnose } from './diagnosis';
import type { Kubectl } from './kubectl';
import type { ObjectId } from './manifests';
import type { Step } from './step';
import { type Patience, waitFor } from './wait';

/** For the Job's controller to notice that the deadline is over. */
const MARGIN_SECONDS = 60;

/**
 * Waits until a Job is through.
 * @throws Error that says why it is not, with its pods' events and last words
 */
export async function waitForJob(
  step: Step,
  kubectl: Kubectl,
  job: ObjectId,
  patience: Patience,
): Promise<void> {
  const { name, namespace } = job;
  step.say(`waits for the Job ${name}`);
  const find = () => kubectl.find('job', name, namespace);
  // A Job with a deadline fails by itself, and says why.
  const deadline: number | undefined = (await find())?.spec?.activeDeadlineSeconds;
  const seconds = deadline === undefined ? patience.seconds : deadline + MARGIN_SECONDS;
  const ended = await waitFor(
    async () => {
      const conditions = (await find())?.status?.conditions ?? [];
      return conditions.find(
        ({ type, status }: Record<string, string>) =>
          status === 'True' && /^(Complete|Failed)$/.test(type ?? ''),
      );
    },
    { ...patience, seconds },
    step.interrupted,
  );
  if (ended?.type === 'Complete') return;
  const what = ended ? `failed: ${ended.message ?? ended.reason}` : `did not end within ${seconds} s`;
  const findings = await diagnose(kubectl, namespace, `job-name=${name}`);
  throw new Error([`the Job ${namespace}/${name} ${what}`, ...findings].join('\n'));
}

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
