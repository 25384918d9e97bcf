import { postgresOf } from './azure-resources';
import { userConnections } from './facts/postgres-skus';
import { type Breach, type Invariant, type Subject, unless } from './invariant';
import { containersOf } from './kubernetes-layer';
import type { Workload } from './manifests';

/** LiteLLM's own limit for a worker. */
const LITELLM_POOL = 10;

/** `prisma migrate deploy` works over one, and holds its advisory lock with another. */
const MIGRATION = 2;

/** For people and their tools, who want to look when it is full. */
const RESERVE = 5;

/** All pods, the one more that a rollout starts first, a migration and a reserve. */
function checkRollout(subject: Subject): Breach[] {
  const { max, surge, perPod, each } = demand(subject);
  const wanted = (max + surge) * perPod + MIGRATION + RESERVE;
  const sum = `${max} pods and ${surge} more in a rollout × ${each}, ${MIGRATION} for migrations, ${RESERVE} in reserve`;
  return compare(subject, wanted, sum);
}

/** A pod that drains keeps its connections for as long as a request may take, and no longer counts as a replica. */
function checkDraining(subject: Subject): Breach[] {
  if (checkRollout(subject).length > 0) return [];
  const { max, surge, perPod, each } = demand(subject);
  const sum = `in a rollout at full scale, when ${max} pods drain beside ${max + surge} new ones × ${each}`;
  return compare(subject, (2 * max + surge) * perPod, sum);
}

/** What the article counts as "3 replicas and 4 workers each": every worker of every pod has a pool of its own. */
function demand({ kubernetes }: Subject) {
  const { gateway, autoscaler } = kubernetes;
  const max = autoscaler.maxReplicas;
  const workers = Number(variable(gateway, 'NUM_WORKERS') ?? 1);
  const pool = kubernetes.settings('general_settings').database_connection_pool_limit ?? LITELLM_POOL;
  const each = `${workers} ${workers === 1 ? 'worker' : 'workers'} × ${pool} connections`;
  return { max, surge: surgeOf(gateway, max), perPod: workers * pool, each };
}

function compare(subject: Subject, wanted: number, sum: string): Breach[] {
  const { sku_name: sku } = postgresOf(subject);
  const offered = userConnections(sku) ?? Number.POSITIVE_INFINITY;
  return unless(
    wanted <= offered,
    'gateway.replicas.max',
    `asks PostgreSQL for ${wanted} connections (${sum}), but ${sku} has ${offered} for users; lower replicas.max, workers or database.connectionPoolLimit, or take a larger postgres.sku`,
  );
}

/** Pods that a rollout starts before it ends any: a number or a percentage, rounded up. */
export function surgeOf({ spec }: Workload, replicas: number): number {
  const { maxSurge = '25%' } = spec.strategy?.rollingUpdate ?? {};
  return typeof maxSurge === 'number'
    ? maxSurge
    : Math.ceil((Number.parseInt(maxSurge, 10) / 100) * replicas);
}

function variable({ spec }: Workload, name: string): string | undefined {
  const variables = containersOf(spec.template).flatMap(({ env = [] }) => env);
  return variables.find(found => found.name === name)?.value;
}

export const databaseConnections: Invariant[] = [
  { code: 'database-connections', severity: 'error', check: checkRollout },
  { code: 'database-connections-draining', severity: 'warning', check: checkDraining },
];
