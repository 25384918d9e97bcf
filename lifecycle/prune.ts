import { workload } from '../contract/workload';
import { wordsOf } from './failure';
import { hasEnded } from './job';
import { FIELD_MANAGER, type Kubectl, type KubernetesObject } from './kubectl';
import type { Step } from './step';
import { NoAnswer } from './tool';

/** Objects that never change, with what their names begin with: each next version leaves the former one behind. */
const VERSIONED: Readonly<Record<string, string>> = {
  ConfigMap: workload.config,
  Job: workload.migration,
  SecretProviderClass: workload.secrets,
};

const NAME = `(?:${Object.values(VERSIONED).join('|')})-[0-9a-f]+`;

/** Everything that starts pods. A Deployment keeps the ReplicaSets that `kubectl rollout undo` goes back to. */
const USERS = 'deployments,replicasets,statefulsets,daemonsets,cronjobs,jobs,pods';

const PLACE = `--namespace=${workload.namespace}`;

/** Deletes what is unused. The gateway runs without that, so whatever is in the way is a note and no failure. */
export async function prune(step: Step, kubectl: Kubectl, environment: string): Promise<void> {
  try {
    const unused = await unusedObjects(kubectl, environment);
    if (unused.length === 0) return;
    await kubectl.ok(['delete', ...unused, PLACE, '--ignore-not-found', '--wait=false']);
    step.note(`deleted: ${unused.join(', ')}`);
  } catch (error) {
    if (error instanceof NoAnswer && error.reason === 'interrupted') throw error;
    step.note(`something unused may be left, and the next up tries again: ${wordsOf(error as Error)[0]}`);
  }
}

/**
 * The former versions of an environment that nobody can go back to any more, as kubectl names them: `job/litellm-…`. What
 * anything that starts pods names is in use, and so is a Job that runs.
 */
export async function unusedObjects(kubectl: Pick<Kubectl, 'list'>, environment: string): Promise<string[]> {
  const selector = `app.kubernetes.io/managed-by=litellm-aks,app.kubernetes.io/instance=${environment}`;
  const kinds = Object.keys(VERSIONED).map(kind => kind.toLowerCase());
  const found = await kubectl.list(kinds.join(','), PLACE, `--selector=${selector}`, '--show-managed-fields');
  // Asked later: what begins to use something in between is seen.
  const users = (await kubectl.list(USERS, PLACE)).filter(user => !isOver(user));
  const used = new Set(JSON.stringify(users.map(podSpec)).match(new RegExp(`\\b${NAME}`, 'g')));
  return found
    .filter(object => isVersion(object) && isOurs(object) && !used.has(object.metadata.name))
    .filter(object => object.kind !== 'Job' || hasEnded(object))
    .map(({ kind, metadata }) => `${kind.toLowerCase()}/${metadata.name}`);
}

function isVersion({ kind, metadata }: KubernetesObject): boolean {
  return new RegExp(`^${VERSIONED[kind]}-[0-9a-f]+$`).test(metadata.name);
}

/** Whether it was applied as our manifests are, and goes with nothing else. */
function isOurs({ metadata }: KubernetesObject): boolean {
  const applied = (metadata.managedFields ?? []).some(
    ({ manager, operation }: KubernetesObject) => manager === FIELD_MANAGER && operation === 'Apply',
  );
  return applied && metadata.ownerReferences === undefined;
}

/** A pod or a Job that has ended mounts nothing any more. */
function isOver(object: KubernetesObject): boolean {
  return object.kind === 'Job' ? hasEnded(object) : /^(Succeeded|Failed)$/.test(object.status?.phase);
}

/** What an object starts, without its labels: a Job's name is one of them. */
function podSpec({ spec }: KubernetesObject): unknown {
  return spec.template?.spec ?? spec;
}
