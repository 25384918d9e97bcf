import { type Container, type PodSpec, Quantity } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Environment } from '../config/environment';
import { cachedRepository } from '../config/image';
import { workload } from '../contract/workload';
import { environmentVariables } from './environment-variables';
import type { GatewayChartProps } from './gateway-chart';
import { priorityClassName } from './priority-class';
import { volumeMounts } from './volumes';

/** `nobody` in LiteLLM's non-root image. */
const NOBODY = 65534;

/** Labels of a pod that runs LiteLLM: the name that others select it by, and AKS's word for "has an identity". */
export function podLabels(name: string): Record<string, string> {
  return { 'app.kubernetes.io/name': name, 'azure.workload.identity/use': 'true' };
}

/** What every pod that runs LiteLLM's image has, be it to serve or to migrate the database. */
export const litellmPod: Omit<PodSpec, 'containers' | 'volumes'> = {
  serviceAccountName: workload.serviceAccount,
  automountServiceAccountToken: false,
  // Variables of every Service in the namespace, which LiteLLM could mistake for its own.
  enableServiceLinks: false,
  nodeSelector: { 'kubernetes.azure.com/mode': 'user' },
  priorityClassName,
  securityContext: {
    runAsNonRoot: true,
    // No group: the image sets none, and its files belong to the one that it then runs with.
    runAsUser: NOBODY,
    fsGroup: NOBODY,
    seccompProfile: { type: 'RuntimeDefault' },
  },
};

/** The same for each of its containers: they differ in what they run. */
export function litellmContainer({ environment, outputs }: GatewayChartProps, name: string): Container {
  const { endpoints, gateway } = environment;
  const { image } = gateway;
  return {
    name,
    image: `${endpoints.registry}/${cachedRepository(image)}:${image.tag}@${image.digest}`,
    imagePullPolicy: 'IfNotPresent',
    env: environmentVariables(environment, outputs),
    resources: resources(gateway.resources),
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts,
  };
}

function resources({ requests, limits }: Environment['gateway']['resources']) {
  const quantities = ({ cpu, memory }: { cpu: string; memory: string }) => ({
    cpu: Quantity.fromString(cpu),
    memory: Quantity.fromString(memory),
  });
  return { requests: quantities(requests), limits: quantities(limits) };
}
