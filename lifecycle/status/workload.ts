import { workload } from '../../contract/workload';
import { describePod } from '../diagnosis';
import { FIELD_MANAGER, type Kubectl, type KubernetesObject } from '../kubectl';
import type { Finding } from './part';

const NAMESPACE = `--namespace=${workload.namespace}`;
const PODS = `--selector=app.kubernetes.io/name=${workload.name}`;

/** Every node with the gateway's pods on it. */
export async function nodes(kubectl: Kubectl): Promise<Finding> {
  const [all, pods] = await Promise.all([kubectl.list('nodes'), kubectl.list('pods', NAMESPACE, PODS)]);
  const lines = all.flatMap(node => {
    const { name, labels = {} } = node.metadata;
    const zone = labels['topology.kubernetes.io/zone'] ?? '';
    const pool = labels['kubernetes.azure.com/agentpool'] ?? '';
    const head = [
      name,
      isTrue(node, 'Ready') ? 'Ready' : 'NotReady',
      node.status.nodeInfo.kubeletVersion,
      pool,
      zone,
    ];
    const here = pods.filter(({ spec }) => spec.nodeName === name);
    return [head.filter(Boolean).join('  '), ...here.map(pod => `  ${describeGatewayPod(pod)}`)];
  });
  const waiting = pods.filter(({ spec }) => !spec.nodeName);
  const staying = pods.filter(pod => !isEnding(pod));
  return {
    lines: [...lines, ...waiting.map(pod => `no node  ${describeGatewayPod(pod)}`)],
    well:
      all.every(node => isTrue(node, 'Ready')) &&
      staying.length > 0 &&
      staying.every(pod => isTrue(pod, 'Ready')),
  };
}

/** The autoscaler: how many pods run, of how many, and why. */
export async function autoscaler(kubectl: Kubectl): Promise<Finding> {
  const found = await kubectl.list('horizontalpodautoscalers', NAMESPACE);
  const lines = found.map(({ metadata, spec, status }) => {
    const metrics = (spec.metrics ?? []).map(({ resource }: KubernetesObject) => {
      const current = (status.currentMetrics ?? []).find(
        (metric: KubernetesObject) => metric.resource?.name === resource?.name,
      );
      const now = current?.resource?.current?.averageUtilization ?? 'unknown';
      return `${resource?.name} ${now}/${resource?.target?.averageUtilization} %`;
    });
    const { currentReplicas = 0, desiredReplicas = 0 } = status;
    const range = `${spec.minReplicas} to ${spec.maxReplicas}`;
    return [`${metadata.name}: ${currentReplicas} of ${desiredReplicas} wanted (${range})`, ...metrics].join(
      ', ',
    );
  });
  const active = found.every(hpa => isTrue(hpa, 'ScalingActive'));
  return { lines, well: found.length > 0 && active };
}

/** The certificates: whether they are there, and how long they last. */
export async function certificates(kubectl: Kubectl, now: Date): Promise<Finding> {
  const found = await kubectl.list('certificates.cert-manager.io', NAMESPACE);
  const lines = found.map(({ metadata, status = {} }) => {
    const ready = (status.conditions ?? []).find(({ type }: KubernetesObject) => type === 'Ready');
    const days = Math.floor((Date.parse(status.notAfter) - now.getTime()) / 86_400_000);
    const expiry = status.notAfter ? `expires ${status.notAfter} (${days} days)` : 'not issued yet';
    const reason =
      ready?.status === 'True' ? 'ready' : `not ready: ${ready?.message ?? 'no word from cert-manager'}`;
    return `${metadata.name}: ${reason}, ${expiry}`;
  });
  return { lines, well: found.length > 0 && found.every(certificate => isTrue(certificate, 'Ready')) };
}

/** The Jobs that bring the database's schema up to date, the latest last. */
export async function schema(kubectl: Kubectl): Promise<Finding> {
  const jobs = (await kubectl.list('jobs', NAMESPACE)).sort((a, b) =>
    a.metadata.creationTimestamp < b.metadata.creationTimestamp ? -1 : 1,
  );
  const lines = jobs.map(job => {
    const ended = ['Complete', 'Failed'].find(type => isTrue(job, type));
    return `${job.metadata.name}: ${ended ?? 'runs'}${job.status.completionTime ? ` ${job.status.completionTime}` : ''}`;
  });
  const latest = jobs.at(-1);
  return {
    lines: lines.length > 0 ? lines : ['no Job: each pod migrates as it starts'],
    well: latest === undefined || isTrue(latest, 'Complete'),
  };
}

/** The images that run, and whether they are the rendered one. */
export async function image(kubectl: Kubectl, rendered: string): Promise<Finding> {
  const pods = (await kubectl.list('pods', NAMESPACE, PODS)).filter(pod => !isEnding(pod));
  const running = [...new Set(pods.map(({ spec }) => String(spec.containers[0].image)))];
  const same = running.length === 1 && running[0] === rendered;
  return {
    lines: same
      ? [`${rendered}, as rendered`]
      : [`rendered  ${rendered}`, ...running.map(name => `running   ${name}`)],
    well: same,
  };
}

/** What applying the rendered manifests would change; the values of Secrets are masked by kubectl. */
export async function differences(kubectl: Kubectl, folder: string): Promise<Finding> {
  // Whoever owns a field now: the question is what it would become.
  const how = ['--server-side', '--force-conflicts', `--field-manager=${FIELD_MANAGER}`];
  const args = ['diff', ...how, '--recursive', `--filename=${folder}`];
  const env = { KUBECTL_EXTERNAL_DIFF: 'diff -u -N' };
  const answer = await kubectl.run(args, { env });
  // 1 is a difference, more is an error.
  if (answer.status > 1) throw new Error(answer.stderr.trim());
  const changed = [...answer.stdout.matchAll(/^diff -u -N \S+\/(\S+) \S+$/gm)].map(
    ([, object]) => object ?? '',
  );
  if (answer.status === 1 && changed.length === 0)
    throw new Error(answer.stderr.trim() || answer.stdout.trim());
  return {
    lines:
      changed.length === 0
        ? ['none: the cluster is as rendered']
        : [...changed, `see them: kubectl ${args.join(' ')}`],
    well: changed.length === 0,
  };
}

/** A pod with whether it serves. */
function describeGatewayPod(pod: KubernetesObject): string {
  const readiness = isTrue(pod, 'Ready') ? 'ready' : 'not ready';
  return `${describePod(pod)}, ${isEnding(pod) ? 'ending' : readiness}`;
}

/** Whether a pod finishes its last requests, after a rollout or when fewer are wanted: that is as it should be. */
function isEnding({ metadata }: KubernetesObject): boolean {
  return metadata.deletionTimestamp !== undefined;
}

function isTrue({ status }: KubernetesObject, condition: string): boolean {
  return (status?.conditions ?? []).some(
    ({ type, status: is }: KubernetesObject) => type === condition && is === 'True',
  );
}
