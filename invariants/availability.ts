import { type NodePool, userPoolOf } from './azure-resources';
import { type Breach, type Invariant, type Subject, unless } from './invariant';
import { type Manifest, type Selector, type SpreadConstraint, selects } from './manifests';

/** A constraint that can never hold leaves pods unscheduled; one that selects other pods spreads nothing. */
function checkSpread(subject: Subject): Breach[] {
  const pool = userPoolOf(subject);
  const { metadata, spec } = subject.kubernetes.gateway.spec.template;
  return (spec.topologySpreadConstraints ?? []).flatMap(constraint => {
    const { topologyKey, whenUnsatisfiable, labelSelector = {}, minDomains = 1 } = constraint;
    const domains = domainsOf(constraint, pool);
    return [
      ...unless(
        selects(labelSelector, metadata?.labels),
        'gateway',
        `spreads over ${topologyKey} by ${JSON.stringify(labelSelector.matchLabels)}, labels that its own pods do not carry; select ${JSON.stringify(metadata?.labels)}`,
      ),
      ...unless(
        whenUnsatisfiable !== 'DoNotSchedule' || minDomains <= domains,
        topologyKey === ZONE ? 'cluster.zones' : 'cluster.userPool.maxCount',
        `the pods want ${minDomains} different ${topologyKey}, and the user pool has ${domains}: they would never be scheduled; add some, or lower minDomains`,
      ),
    ];
  });
}

const ZONE = 'topology.kubernetes.io/zone';

/** Nodes outside zones share one, which Azure calls 0. */
function domainsOf({ topologyKey }: SpreadConstraint, pool: NodePool): number {
  if (topologyKey === ZONE) return Math.max(1, pool.zones?.length ?? 0);
  return topologyKey === 'kubernetes.io/hostname' ? pool.max_count : 1;
}

interface DisruptionBudget extends Manifest {
  readonly spec: {
    readonly selector: Selector;
    readonly minAvailable?: number | string;
    readonly maxUnavailable?: number | string;
  };
}

/** With no pod to spare, a drain waits for ever, and an upgrade of the nodes with it. */
function checkBudget({ kubernetes }: Subject): Breach[] {
  const { minReplicas } = kubernetes.autoscaler;
  const labels = kubernetes.gateway.spec.template.metadata?.labels;
  return kubernetes
    .all<DisruptionBudget>('PodDisruptionBudget')
    .filter(({ spec }) => selects(spec.selector, labels))
    .flatMap(({ metadata, spec }) => {
      const spare = disruptions(spec, minReplicas);
      return unless(
        spare > 0,
        'gateway.replicas.min',
        `keeps ${minReplicas} pods, of which PodDisruptionBudget ${metadata.name} lets ${spare} go: draining a node would never end; raise replicas.min or relax the budget`,
      );
    });
}

/** How many pods may go at once. Kubernetes rounds percentages up, of both kinds. */
function disruptions(budget: DisruptionBudget['spec'], replicas: number): number {
  const count = (value: number | string) =>
    typeof value === 'number' ? value : Math.ceil((Number.parseInt(value, 10) / 100) * replicas);
  const spare =
    budget.maxUnavailable === undefined
      ? replicas - count(budget.minAvailable ?? 1)
      : count(budget.maxUnavailable);
  return Math.max(0, spare);
}

export const availability: Invariant[] = [
  { code: 'pod-spread', severity: 'error', check: checkSpread },
  { code: 'disruption-budget', severity: 'error', check: checkBudget },
];
