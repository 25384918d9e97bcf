import { redisOf } from './azure-resources';
import { type Breach, type Invariant, type Subject, unless } from './invariant';

/** What LiteLLM answers with under the two others (BerriAI/litellm#8878, #30065). */
const CLUSTER_ERRORS: Readonly<Record<string, string>> = {
  OSSCluster: 'MOVED, because its client follows no redirection',
  EnterpriseCluster: 'CROSSSLOT, because its limiter scripts span slots',
};

/** LiteLLM's Redis client is a plain one. */
function checkPolicy(subject: Subject): Breach[] {
  const { clustering_policy: policy } = redisOf(subject).default_database;
  const error = CLUSTER_ERRORS[policy] ?? 'errors that nobody tried';
  return unless(
    policy === 'NoCluster',
    'redis',
    `has the clustering policy ${policy}, under which LiteLLM meets ${error}; it needs NoCluster`,
  );
}

/** The smallest size has one node at any price (langchain-ai/terraform#109 tried it). */
const SINGLE_NODE = 'Balanced_B0';

function checkReplica(subject: Subject): Breach[] {
  const { sku_name: sku, high_availability_enabled: replica } = redisOf(subject);
  return unless(
    !replica || sku !== SINGLE_NODE,
    'redis.sku',
    `${sku} cannot have the replica that redis.highAvailability asks for, so Azure refuses both together; use Balanced_B1 or larger, or highAvailability false`,
  );
}

export const redis: Invariant[] = [
  { code: 'redis-cluster-policy', severity: 'error', check: checkPolicy },
  { code: 'redis-high-availability', severity: 'error', check: checkReplica },
];
