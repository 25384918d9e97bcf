import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Environment } from '../config/environment';
import { workload } from '../contract/workload';
import { toYaml } from '../contract/yaml';
import { GatewayChart, type GatewayChartProps } from './gateway-chart';

/**
 * Name of the SecretProviderClass, and of the Secret that the driver keeps while a pod mounts it. It carries the
 * revision: the driver refreshes an existing Secret minutes later, so pods that roll for a rotation need a new one.
 */
export function gatewaySecret({ secretsRevision }: Pick<Environment, 'secretsRevision'>): string {
  return `${workload.secrets}-${secretsRevision}`;
}

/** The way of the secrets from Key Vault into the pods: mounted by the CSI driver, mirrored into a Secret for `env`. */
export class SecretsChart extends GatewayChart {
  constructor(scope: Construct, id: string, props: GatewayChartProps) {
    super(scope, id, props);
    const { environment, outputs } = props;
    const name = gatewaySecret(environment);
    const names = environment.secrets.map(({ name }) => name);
    new ApiObject(this, 'secret-provider-class', {
      apiVersion: 'secrets-store.csi.x-k8s.io/v1',
      kind: 'SecretProviderClass',
      metadata: { name, namespace: workload.namespace },
      spec: {
        provider: 'azure',
        parameters: {
          clientID: outputs.gateway_client_id,
          tenantId: outputs.tenant_id,
          keyvaultName: environment.names.keyVault,
          usePodIdentity: 'false',
          objects: toYaml({
            array: names.map(name => toYaml({ objectName: name, objectType: 'secret' })),
          }),
        },
        secretObjects: [
          {
            secretName: name,
            type: 'Opaque',
            data: names.map(name => ({ objectName: name, key: name })),
          },
        ],
      },
    });
  }
}
