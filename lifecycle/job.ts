import { diagnose } from './diagnosis';
import type { Kubectl, KubernetesObject } from './kubectl';
import type { ObjectId } from './manifests';
import type { Step } from './step';
import { type Patience, waitFor } from './wait';

/** For the Job's controller to notice that the deadline is over. */
const MARGIN_SECONDS = 60;

/**
 * Deletes a Job that has failed, so that applying it runs it again: its name follows from what it does, so the same one would
 * be found as it ended. One that runs, or is through, stays.
 */
export async function deleteFailedJob(step: Step, kubectl: Kubectl, job: ObjectId): Promise<void> {
  const { name, namespace } = job;
  if (endOf(await kubectl.find('job', name, namespace))?.type !== 'Failed') return;
  step.say(`deletes the Job ${name}, which has failed, to run it again`);
  // With its pods, whose last words would be taken for the next ones'.
  const args = [
    'delete',
    'job',
    name,
    `--namespace=${namespace}`,
    '--ignore-not-found',
    '--cascade=foreground',
  ];
  await kubectl.ok(args, { timeoutSeconds: 120 });
  step.note(`${name} had failed, and ran again`);
}

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
  const ended = await waitFor(async () => endOf(await find()), { ...patience, seconds }, step.interrupted);
  if (ended?.type === 'Complete') return;
  const what = ended ? `failed: ${ended.message ?? ended.reason}` : `did not end within ${seconds} s`;
  const findings = await diagnose(kubectl, namespace, `job-name=${name}`);
  throw new Error([`the Job ${namespace}/${name} ${what}`, ...findings].join('\n'));
}

/** Whether a Job is through, one way or the other. */
export function hasEnded(job: KubernetesObject): boolean {
  return endOf(job) !== undefined;
}

/** The condition that ended a Job; undefined while it runs, or is not there. */
function endOf(job: KubernetesObject | undefined): KubernetesObject | undefined {
  return (job?.status?.conditions ?? []).find(
    ({ type, status }: KubernetesObject) => status === 'True' && /^(Complete|Failed)$/.test(type),
  );
}
