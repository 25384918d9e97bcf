import { restartCoreDns } from './coredns';
import type { Kubectl } from './kubectl';
import type { Manifest } from './manifests';
import { waitForJob } from './rollout';
import type { Step } from './step';
import type { Patience } from './wait';

export interface ApplyManifestsProps {
  readonly kubectl: Kubectl;
  readonly manifests: readonly Manifest[];
  /** How long a Job may take. */
  readonly patience: Patience;
}

/**
 * Applies one file after the other; applying again changes nothing. A Job has to be through before the next file:
 * the schema is migrated before the pods that need it.
 */
export async function applyManifests(step: Step, props: ApplyManifestsProps): Promise<void> {
  const { kubectl, manifests, patience } = props;
  for (const [index, { path, objects }] of manifests.entries()) {
    step.say(`${path} (${index + 1} of ${manifests.length})`);
    await kubectl.apply(path);
    if (objects.some(({ name }) => name === 'coredns-custom')) await restartCoreDns(step, kubectl);
    for (const job of objects.filter(({ kind }) => kind === 'Job')) {
      await waitForJob(step, kubectl, job, patience);
    }
  }
  const objects = manifests.reduce((sum, manifest) => sum + manifest.objects.length, 0);
  step.note(`${objects} objects in ${manifests.length} files are as rendered`);
}
