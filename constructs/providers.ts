import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import type { TerraformStack } from 'cdktf';
import type { Environment } from '../config/environment';
import { oldestTerraform } from '../contract/tool-versions';

export const TERRAFORM_VERSION = `>= ${oldestTerraform.join('.')}.0`;
/** The prebuilt bindings are typed for 4.55; NoCluster and Redis access policies (4.60) and NAT StandardV2 (4.70) are newer. */
const AZURERM_VERSION = '4.81.0';
/** Makes ephemeral passwords (3.7). */
const RANDOM_VERSION = '3.7.2';

/**
 * Azure's services that the stacks are made of. A subscription is asked for these alone: by default azurerm 4 registers
 * some sixty, retired ones among them, which takes a role on the whole subscription and has stopped plans
 * (hashicorp/terraform-provider-azurerm#27466).
 */
const SERVICES = [
  'Microsoft.Cache',
  'Microsoft.CognitiveServices',
  'Microsoft.Compute',
  'Microsoft.ContainerRegistry',
  'Microsoft.ContainerService',
  'Microsoft.DBforPostgreSQL',
  'microsoft.insights',
  'Microsoft.KeyVault',
  'Microsoft.ManagedIdentity',
  'Microsoft.Network',
  'Microsoft.OperationalInsights',
  'Microsoft.OperationsManagement',
  'Microsoft.PolicyInsights',
  'Microsoft.Security',
  'Microsoft.Storage',
];

/** Which Terraform and which providers run the stack, pinned exactly. */
export function configureProviders(
  stack: TerraformStack,
  {
    subscriptionId,
    deletionProtection,
    keyVault,
  }: Pick<Environment, 'subscriptionId' | 'deletionProtection' | 'keyVault'>,
): void {
  new AzurermProvider(stack, 'azurerm', {
    subscriptionId,
    resourceProviderRegistrations: 'none',
    resourceProvidersToRegister: SERVICES,
    features: [
      {
        resourceGroup: [{ preventDeletionIfContainsResources: deletionProtection }],
        keyVault: [
          { purgeSoftDeleteOnDestroy: !keyVault.purgeProtection, recoverSoftDeletedKeyVaults: true },
        ],
        cognitiveAccount: [{ purgeSoftDeleteOnDestroy: !deletionProtection }],
      },
    ],
  });
  stack.addOverride('terraform.required_version', TERRAFORM_VERSION);
  stack.addOverride('terraform.required_providers.azurerm', {
    source: 'hashicorp/azurerm',
    version: AZURERM_VERSION,
  });
  stack.addOverride('terraform.required_providers.random', {
    source: 'hashicorp/random',
    version: RANDOM_VERSION,
  });
}
