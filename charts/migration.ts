import { createHash } from 'node:crypto';
import { type JobSpec, KubeJob } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { workload } from '../contract/workload';
import { GatewayChart, type GatewayChartProps } from './gateway-chart';
import { litellmContainer, litellmPod, podLabels } from './litellm-pod';
import { volumes } from './volumes';

/** Retries, with growing pauses: a new identity or DNS zone may take minutes to be known everywhere. */
const RETRIES = 5;

/** A week, in which somebody may ask for its log. */
const KEPT_SECONDS = 7 * 24 * 60 * 60;

/**
 * The one owner of the database's schema. A Job can never change, so its name carries a hash of everything that it is:
 * another image is another Job, and the same YAML twice is the same one, which has already run.
 */
export class MigrationChart extends GatewayChart {
  readonly job: string;

  constructor(scope: Construct, id: string, props: GatewayChartProps) {
    super(scope, id, props);
    const spec = jobSpec(props);
    const hash = createHash('sha256').update(JSON.stringify(spec)).digest('hex').slice(0, 10);
    this.job = `${workload.migration}-${hash}`;
    new KubeJob(this, 'job', { metadata: { name: this.job, namespace: workload.namespace }, spec });
  }
}

function jobSpec(props: GatewayChartProps): JobSpec {
  const container = litellmContainer(props, 'migration');
  return {
    backoffLimit: RETRIES,
    activeDeadlineSeconds: props.environment.gateway.database.migrationTimeoutSeconds,
    ttlSecondsAfterFinished: KEPT_SECONDS,
    template: {
      // No Service and no Deployment selects its pods.
      metadata: { labels: podLabels(workload.migration) },
      spec: {
        ...litellmPod,
        volumes: volumes(props.environment),
        // Every attempt in a pod of its own, whose log stays.
        restartPolicy: 'Never',
        containers: [
          {
            ...container,
            // LiteLLM's own entry point for this; it reads no config file, only the variables.
            command: ['python', '-m', 'litellm.proxy.prisma_migration'],
            env: container.env?.map(variable =>
              variable.name === 'DISABLE_SCHEMA_UPDATE' ? { ...variable, value: 'false' } : variable,
            ),
            terminationMessagePolicy: 'FallbackToLogsOnError',
          },
        ],
      },
    },
  };
}
