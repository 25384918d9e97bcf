import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { stringify } from 'yaml';
import { workload } from '../contract/workload';
import { GatewayChart, type GatewayChartProps } from './gateway-chart';

/** Name of the SecretProviderClass and of the Secret that the driver keeps while a pod mounts it. */
export const gatewaySecret = 'litellm-secrets';

/** The way of the secrets from Key Vault into the pods: mounted by the CSI driver, mirrored into a Secret for `env`. */
export class SecretsChart extends GatewayChart {
  constructor(scope: Construct, id: string, props: GatewayChartProps) {
    super(scope, id, props);
    const { environment, outputs } = props;
    const names = environment.secrets.map(({ name }) => name);
    new ApiObject(this, 'secret-provider-class', {
      apiVersion: 'secrets-store.csi.x-k8s.io/v1',
      kind: 'SecretProviderClass',
      metadata: { name: gatewaySecret, namespace: workload.namespace },
      spec: {
        provider: 'azure',
        parameters: {
          clientID: outputs.gateway_client_id,
          tenantId: outputs.tenant_id,
          keyvaultName: environment.names.keyVault,
          usePodIdentity: 'false',
          objects: stringify({
            array: names.map(name => stringify({ objectName: name, objectType: 'secret' })),
          }),
        },
        secretObjects: [
          {
            secretName: gatewaySecret,
            type: 'Opaque',
            data: names.map(name => ({ objectName: name, key: name })),
          },
        ],
      },
    });
  }
}
