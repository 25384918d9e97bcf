import { amount } from '../config/resources';
import { postgresOf, userPoolOf } from './azure-resources';
import { surgeOf } from './database-connections';
import { podsPerNode, type Resources, roomOn } from './facts/node-sizes';
import { userConnections } from './facts/postgres-skus';
import { type Breach, type Invariant, type Subject, unless } from './invariant';
import type { Workload } from './manifests';

/** Every pod that the autoscaler may ask for has a node. */
function checkScale(subject: Subject): Breach[] {
  return compare(subject, 0);
}

/** A rollout at full scale starts a pod before it ends one; without room for it, it waits for ever. */
function checkRollout(subject: Subject): Breach[] {
  const { gateway, autoscaler } = subject.kubernetes;
  return checkScale(subject).length > 0 ? [] : compare(subject, surgeOf(gateway, autoscaler.maxReplicas));
}

function compare(subject: Subject, surge: number): Breach[] {
  const { kubernetes } = subject;
  const pool = userPoolOf(subject);
  const room = roomOn(pool.vm_size, pool.max_pods);
  if (!room) return [];
  const pod = requestsOf(kubernetes.gateway);
  const perNode = podsPerNode(room, pod);
  const hold = perNode * pool.max_count;
  const wanted = kubernetes.autoscaler.maxReplicas + surge;
  const pods = surge > 0 ? `${wanted} pods in a rollout at full scale` : `${wanted} pods at most`;
  const raise = perNode > 0 ? `to ${Math.ceil(wanted / perNode)}` : 'with a larger vmSize';
  return unless(
    wanted <= hold,
    'gateway.replicas.max',
    `means ${pods}, but ${pool.max_count} nodes ${pool.vm_size} hold ${hold}: ${perNode} of ${pod.cpu}m CPU and ${pod.memory} MiB each, of ${room.cpu}m and ${room.memory} MiB that AKS leaves; raise cluster.userPool.maxCount ${raise}, or lower replicas.max or the requests`,
  );
}

/** What the scheduler sets aside for one pod: its containers together. */
function requestsOf({ spec }: Workload): Resources {
  const requests = spec.template.spec.containers.map(({ resources }) => resources?.requests ?? {});
  const sum = (of: (request: (typeof requests)[number]) => string | undefined) =>
    requests.reduce((total, request) => total + amount(of(request) ?? '0'), 0);
  return { cpu: Math.round(1000 * sum(({ cpu }) => cpu)), memory: sum(({ memory }) => memory) };
}

/** What the tables do not know is said, not passed over. */
function checkSizes(subject: Subject): Breach[] {
  const { vm_size: size, max_pods: maxPods } = userPoolOf(subject);
  const { sku_name: sku } = postgresOf(subject);
  const unknown = (given: string, question: string) =>
    `${given} is in none of the tables, so that nobody checked ${question}; see for yourself`;
  return [
    ...unless(
      roomOn(size, maxPods) !== undefined,
      'cluster.userPool.vmSize',
      unknown(size, 'whether all pods fit its nodes'),
    ),
    ...unless(
      userConnections(sku) !== undefined,
      'postgres.sku',
      unknown(sku, 'whether its connections suffice'),
    ),
  ];
}

export const capacity: Invariant[] = [
  { code: 'node-capacity', severity: 'error', check: checkScale },
  { code: 'node-capacity-rollout', severity: 'warning', check: checkRollout },
  { code: 'size-unknown', severity: 'warning', check: checkSizes },
];
