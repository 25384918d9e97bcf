import {
  IntOrString,
  KubeDeployment,
  type PodSpec,
  type Probe,
  Quantity,
  type TopologySpreadConstraint,
} from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import type { Environment } from '../config/environment';
import { cachedRepository } from '../config/image';
import { workload } from '../contract/workload';
import { environmentVariables } from './environment-variables';
import { GatewayChart, type GatewayChartProps, selector } from './gateway-chart';
import { configPath, volumeMounts, volumes } from './volumes';

/** LiteLLM's own port. */
export const containerPort = 4000;

/** Seconds left for the process itself to end, after the last request had its time. With the article's numbers: 620. */
const EXIT_SECONDS = 15;

/** `nobody` in LiteLLM's non-root image. */
const NOBODY = 65534;

export interface DeploymentChartProps extends GatewayChartProps {
  /** Changes when the configuration does. */
  readonly configHash: string;
}

/** The gateway itself: the LiteLLM proxy, two to many times. */
export class DeploymentChart extends GatewayChart {
  constructor(scope: Construct, id: string, props: DeploymentChartProps) {
    super(scope, id, props);
    const { environment } = props;
    new KubeDeployment(this, 'deployment', {
      metadata: { name: workload.name, namespace: workload.namespace },
      spec: {
        // No replicas: the autoscaler owns the number, and applying again must not reset it.
        revisionHistoryLimit: 5,
        selector: { matchLabels: selector },
        // A new pod is ready before an old one goes.
        strategy: {
          rollingUpdate: { maxUnavailable: IntOrString.fromNumber(0), maxSurge: IntOrString.fromNumber(1) },
        },
        template: {
          metadata: {
            labels: { ...selector, 'azure.workload.identity/use': 'true' },
            annotations: {
              'litellm-aks/config-hash': props.configHash,
              'litellm-aks/secrets-revision': String(environment.secretsRevision),
            },
          },
          spec: podSpec(props),
        },
      },
    });
  }
}

function podSpec({ environment, outputs }: DeploymentChartProps): PodSpec {
  const { gateway, endpoints } = environment;
  const { image } = gateway;
  return {
    serviceAccountName: workload.serviceAccount,
    automountServiceAccountToken: false,
    // Variables of every Service in the namespace, which LiteLLM could mistake for its own.
    enableServiceLinks: false,
    nodeSelector: { 'kubernetes.azure.com/mode': 'user' },
    topologySpreadConstraints: [
      spreadOver('topology.kubernetes.io/zone'),
      spreadOver('kubernetes.io/hostname'),
    ],
    terminationGracePeriodSeconds: gateway.requestTimeoutSeconds + gateway.preStopSeconds + EXIT_SECONDS,
    securityContext: {
      runAsNonRoot: true,
      // No group: the image sets none, and its files belong to the one that it then runs with.
      runAsUser: NOBODY,
      fsGroup: NOBODY,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name: 'litellm',
        image: `${endpoints.registry}/${cachedRepository(image)}:${image.tag}@${image.digest}`,
        imagePullPolicy: 'IfNotPresent',
        args: ['--config', configPath, '--port', String(containerPort)],
        env: environmentVariables(environment, outputs),
        ports: [{ name: 'http', containerPort }],
        resources: resources(gateway.resources),
        // Five minutes to start, instead of a kubelet that kills a slow first start after 105 seconds.
        startupProbe: { ...probe('/health/liveliness'), periodSeconds: 10, failureThreshold: 30 },
        readinessProbe: {
          ...probe('/health/readiness'),
          initialDelaySeconds: 30,
          periodSeconds: 10,
        },
        livenessProbe: {
          ...probe('/health/liveliness'),
          initialDelaySeconds: 60,
          periodSeconds: 15,
          failureThreshold: 3,
        },
        lifecycle: { preStop: { exec: { command: ['sh', '-c', `sleep ${gateway.preStopSeconds}`] } } },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
        volumeMounts,
      },
    ],
    volumes: volumes(environment),
  };
}

/** Kubernetes gives a probe one second by default, which a busy worker misses; ten it does not. */
function probe(path: string): Probe {
  return { httpGet: { path, port: IntOrString.fromString('http') }, timeoutSeconds: 10 };
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

function resources({ requests, limits }: Environment['gateway']['resources']) {
  const quantities = ({ cpu, memory }: { cpu: string; memory: string }) => ({
    cpu: Quantity.fromString(cpu),
    memory: Quantity.fromString(memory),
  });
  return { requests: quantities(requests), limits: quantities(limits) };
}
