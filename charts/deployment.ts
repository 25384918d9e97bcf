import {
  IntOrString,
  KubeDeployment,
  type PodSpec,
  type TopologySpreadConstraint,
} from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { workload } from '../contract/workload';
import { GatewayChart, type GatewayChartProps, selector } from './gateway-chart';
import { litellmContainer, litellmPod, podLabels } from './litellm-pod';
import { probes, startupSeconds } from './probes';
import { schemaGate } from './schema-gate';
import { volumeMounts, volumes } from './volumes';

/** Where the ConfigMap appears. */
const configFolder = '/etc/litellm';

/** Seconds for what a new pod needs before its first container: a node, and the image on it. */
const SCHEDULING_SECONDS = 300;

export interface DeploymentChartProps extends GatewayChartProps {
  /** Name of the ConfigMap, another one for every other configuration. */
  readonly configMap: string;
  /** Name of the Job that migrates the database for these pods. */
  readonly migration: string;
}

/** The gateway itself: the LiteLLM proxy, two to many times. */
export class DeploymentChart extends GatewayChart {
  constructor(scope: Construct, id: string, props: DeploymentChartProps) {
    super(scope, id, props);
    const { secretsRevision, gateway } = props.environment;
    new KubeDeployment(this, 'deployment', {
      metadata: { name: workload.name, namespace: workload.namespace },
      spec: {
        // No replicas: the autoscaler owns the number, and applying again must not reset it.
        revisionHistoryLimit: 5,
        selector: { matchLabels: selector },
        // A new pod is ready before an old one goes: while the new ones wait for a migration, the old ones serve.
        strategy: {
          rollingUpdate: { maxUnavailable: IntOrString.fromNumber(0), maxSurge: IntOrString.fromNumber(1) },
        },
        progressDeadlineSeconds:
          SCHEDULING_SECONDS + gateway.database.migrationTimeoutSeconds + startupSeconds,
        template: {
          metadata: {
            labels: podLabels(workload.name),
            annotations: { 'litellm-aks/secrets-revision': String(secretsRevision) },
          },
          spec: podSpec(props),
        },
      },
    });
  }
}

function podSpec(props: DeploymentChartProps): PodSpec {
  const { gateway, deadlines } = props.environment;
  const { preStopSeconds } = gateway;
  return {
    ...litellmPod,
    volumes: [{ name: 'config', configMap: { name: props.configMap } }, ...volumes(props.environment)],
    topologySpreadConstraints: [
      spreadOver('topology.kubernetes.io/zone'),
      spreadOver('kubernetes.io/hostname'),
    ],
    terminationGracePeriodSeconds: deadlines.gatewayEndSeconds,
    initContainers: [schemaGate(props, props.migration)],
    containers: [
      {
        ...litellmContainer(props, workload.container),
        args: ['--config', `${configFolder}/config.yaml`, '--port', String(workload.port)],
        volumeMounts: [{ name: 'config', mountPath: configFolder, readOnly: true }, ...volumeMounts],
        ports: [{ name: 'http', containerPort: workload.port }],
        ...probes,
        lifecycle: { preStop: { exec: { command: ['sh', '-c', `sleep ${preStopSeconds}`] } } },
      },
    ],
  };
}

/** Prefers an even spread, and never leaves a pod unscheduled for it; each rollout counts its own pods. */
function spreadOver(topologyKey: string): TopologySpreadConstraint {
  return {
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: selector },
    matchLabelKeys: ['pod-template-hash'],
  };
}
