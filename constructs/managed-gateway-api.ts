import { type ITerraformDependable, TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';

/** The oldest stable version that knows both properties. */
const TYPE = 'Microsoft.ContainerService/managedClusters@2026-04-01';

export interface ManagedGatewayApiProps {
  readonly clusterId: string;
  readonly after: ITerraformDependable;
}

/**
 * Switches on what answers to GatewayClass `approuting-istio`: AKS's Gateway API definitions, and its Istio for ingress.
 * azurerm 4.81 has no argument for either (hashicorp/terraform-provider-azurerm#31710).
 */
export class ManagedGatewayApi extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ManagedGatewayApiProps,
  ) {
    super(scope, id, {
      terraformResourceType: 'azapi_update_resource',
      terraformGeneratorMetadata: { providerName: 'azapi' },
      dependsOn: [props.after],
    });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return {
      type: TYPE,
      resource_id: this.props.clusterId,
      body: {
        properties: {
          ingressProfile: {
            gatewayAPI: { installation: 'Standard' },
            webAppRouting: { gatewayAPIImplementations: { appRoutingIstio: { mode: 'Enabled' } } },
          },
        },
      },
      // Without this, the whole answer would be kept in state.
      response_export_values: [],
    };
  }
}
