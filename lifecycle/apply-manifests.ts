import { restartCoreDns } from './coredns';
import { deleteFailedJob, waitForJob } from './job';
import type { Kubectl } from './kubectl';
import type { Manifest } from './manifests';
import type { Step } from './step';
import type { Patience } from './wait';

export interface ApplyManifestsProps {
  readonly kubectl: Kubectl;
  readonly manifests: readonly Manifest[];
  /** How long a Job may take. */
  readonly patience: Patience;
}

/**
 * Applies one file after the other; applying again changes nothing, but for a Job that failed, which gets another try. A
 * Job has to be through before the next file: the schema is migrated before the pods that need it.
 */
export async function applyManifests(step: Step, props: ApplyManifestsProps): Promise<void> {
  const { kubectl, manifests, patience } = props;
  for (const [index, { path, objects }] of manifests.entries()) {
    const jobs = objects.filter(({ kind }) => kind === 'Job');
    step.say(`${path} (${index + 1} of ${manifests.length})`);
    for (const job of jobs) await deleteFailedJob(step, kubectl, job);
    await kubectl.apply(path);
    if (objects.some(({ name }) => name === 'coredns-custom')) await restartCoreDns(step, kubectl);
    for (const job of jobs) await waitForJob(step, kubectl, job, patience);
  }
  const objects = manifests.reduce((sum, manifest) => sum + manifest.objects.length, 0);
  step.note(`${objects} objects in ${manifests.length} files are as rendered`);
}
