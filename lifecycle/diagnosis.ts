import type { Kubectl, KubernetesObject } from './kubectl';

const EVENTS = 8;
const LOG_LINES = 15;

/**
 * What keeps pods from running, as far as the cluster says it: their states, the latest warnings and their last words.
 * A part that cannot be had is left out: the error that led here is the one to report.
 * @param selector labels of the pods
 */
export async function diagnose(kubectl: Kubectl, namespace: string, selector: string): Promise<string[]> {
  const place = `--namespace=${namespace}`;
  const [pods, events, logs] = await Promise.all([
    kubectl.list('pods', place, `--selector=${selector}`).catch(() => []),
    kubectl.list('events', place, '--field-selector=type=Warning').catch(() => []),
    kubectl
      .run([
        'logs',
        place,
        `--selector=${selector}`,
        '--all-containers',
        '--prefix',
        '--ignore-errors',
        `--tail=${LOG_LINES}`,
      ])
      .then(({ stdout }) => stdout.split('\n').filter(Boolean))
      .catch(() => []),
  ]);
  return [
    ...section('Pods', pods.map(describePod)),
    ...section('Latest warnings', events.slice(-EVENTS).map(describeEvent)),
    ...section('Last log lines', logs.slice(-LOG_LINES)),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map(line => `  ${line}`)];
}

/** `litellm-proxy-7d9f-x2x: Pending, 0 restarts, ImagePullBackOff`. */
export function describePod({ metadata, status }: KubernetesObject): string {
  const containers = status.containerStatuses ?? [];
  const restarts = containers.reduce(
    (sum: number, { restartCount }: KubernetesObject) => sum + restartCount,
    0,
  );
  const reasons = containers.flatMap(({ state }: KubernetesObject) => state?.waiting?.reason ?? []);
  const unscheduled = (status.conditions ?? []).flatMap(({ type, status: is, message }: KubernetesObject) =>
    type === 'PodScheduled' && is === 'False' ? message : [],
  );
  return [
    `${metadata.name}: ${status.phase}`,
    `${restarts} restarts`,
    ...new Set([...reasons, ...unscheduled]),
  ].join(', ');
}

function describeEvent({ involvedObject, reason, message }: KubernetesObject): string {
  return `${involvedObject.kind}/${involvedObject.name}: ${reason}: ${message}`;
}
