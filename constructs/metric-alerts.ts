import type { MonitorMetricAlertCriteria } from '@cdktf/provider-azurerm/lib/monitor-metric-alert';
import { workload } from '../contract/workload';
import { type AlertRule, severity } from './alert-rule';

/** A rule on a metric that Azure measures anyway: the fastest kind, and a tenth of a dollar per month. */
export interface MetricAlert extends AlertRule {
  /** The resource that is measured. */
  readonly targetId: string;
  readonly criteria: MonitorMetricAlertCriteria;
  /** How much of the past a look takes in, and the time between two looks. */
  readonly windowSize: string;
  readonly frequency: string;
}

/** Resource ids of what is measured. */
export interface Measured {
  readonly clusterId: string;
  readonly postgresId: string;
  readonly redisId: string;
}

/**
 * Metrics as Azure's tables of supported metrics name them, each with the aggregations that it has
 * (https://learn.microsoft.com/azure/azure-monitor/reference/supported-metrics/metrics-index).
 */
export function metricAlerts({ clusterId, postgresId, redisId }: Measured): MetricAlert[] {
  return [
    {
      name: 'gateway-down',
      meaning: 'No pod of the gateway has been ready for 5 minutes: clients are not served.',
      severity: severity.critical,
      targetId: clusterId,
      criteria: {
        metricNamespace: 'Microsoft.ContainerService/managedClusters',
        metricName: 'kube_pod_status_ready',
        dimension: [include('namespace', workload.namespace), include('condition', 'true')],
        // Of ready pods, summed up over all looks: how often Azure looks does not matter to a sum of zero, and a rollout or
        // a drain never gets there. The pods that a Job has left behind are not ready, and add nothing.
        aggregation: 'Total',
        operator: 'LessThan',
        threshold: 1,
      },
      windowSize: 'PT5M',
      frequency: 'PT1M',
    },
    {
      name: 'database-down',
      meaning: 'PostgreSQL has not been alive for 5 minutes: the gateway cannot look up a key.',
      severity: severity.critical,
      targetId: postgresId,
      criteria: {
        metricNamespace: 'Microsoft.DBforPostgreSQL/flexibleServers',
        metricName: 'is_db_alive',
        // Asked every 20 seconds; the maximum is 1 unless every answer was 0. A failover takes one to two minutes.
        aggregation: 'Maximum',
        operator: 'LessThan',
        threshold: 1,
      },
      windowSize: 'PT5M',
      frequency: 'PT1M',
    },
    {
      name: 'database-storage',
      meaning: "PostgreSQL's disk is 83 % full and has not grown: soon the server takes no more writes.",
      severity: severity.error,
      targetId: postgresId,
      criteria: {
        metricNamespace: 'Microsoft.DBforPostgreSQL/flexibleServers',
        metricName: 'storage_percent',
        aggregation: 'Average',
        operator: 'GreaterThan',
        // A disk grows at 80 % (from 512 GiB on, when 64 GiB are left) and is closed for writes at 95 %, or with less than
        // 5 GiB left, which is 84 % of the smallest: learn.microsoft.com/azure/postgresql/scale/how-to-auto-grow-storage.
        threshold: 83,
      },
      windowSize: 'PT15M',
      frequency: 'PT5M',
    },
    {
      name: 'cache-memory',
      meaning: "Redis's memory is 90 % full: it forgets rate limits and answers before their time.",
      severity: severity.warning,
      targetId: redisId,
      criteria: {
        metricNamespace: 'Microsoft.Cache/redisEnterprise',
        metricName: 'usedmemorypercentage',
        // LiteLLM keeps answers for a minute, so a cache that is large enough does not fill up.
        aggregation: 'Maximum',
        operator: 'GreaterThan',
        threshold: 90,
      },
      windowSize: 'PT15M',
      frequency: 'PT5M',
    },
  ];
}

/** One value alone: each further one would be a time series of its own, and charged as one. */
function include(name: string, value: string) {
  return { name, operator: 'Include', values: [value] };
}
