import { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';

/** The provider of what azurerm does not have yet. It logs in as azurerm does. */
export class AzapiProvider extends TerraformProvider {
  constructor(
    scope: Construct,
    id: string,
    private readonly subscriptionId: string | undefined,
  ) {
    super(scope, id, {
      terraformResourceType: 'azapi',
      terraformProviderSource: 'azure/azapi',
      // Pinned exactly, as the others are.
      terraformGeneratorMetadata: { providerName: 'azapi', providerVersionConstraint: '2.13.0' },
    });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { subscription_id: this.subscriptionId };
  }
}
