import { CognitiveAccount } from '@cdktf/provider-azurerm/lib/cognitive-account';
import { CognitiveDeployment } from '@cdktf/provider-azurerm/lib/cognitive-deployment';
import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { AzureOpenAi as AzureOpenAiSettings } from '../config/azure-openai';
import { sendDiagnostics } from './diagnostics';
import type { GatewayIdentity } from './gateway-identity';
import type { Placement } from './placement';
import { PrivateAccess } from './private-access';

export interface AzureOpenAiProps {
  readonly name: string;
  readonly settings: AzureOpenAiSettings;
  readonly placement: Placement;
  /** Who may call the models with a token. */
  readonly identity: GatewayIdentity;
  /** Terraform refuses to destroy or replace the account. */
  readonly deletionProtection: boolean;
}

/** Azure OpenAI with its model deployments, reached through its private endpoint only. */
export class AzureOpenAi extends Construct {
  /** A reference to the account's key; useless while local authentication is off. */
  readonly accessKey: string;

  constructor(scope: Construct, id: string, props: AzureOpenAiProps) {
    super(scope, id);
    const { name, settings, placement, identity, deletionProtection } = props;

    const account = new CognitiveAccount(this, 'Resource', {
      name,
      resourceGroupName: placement.resourceGroup.name,
      location: placement.resourceGroup.location,
      kind: 'OpenAI',
      skuName: 'S0',
      // A private endpoint and Entra tokens both need a host name of the account's own.
      customSubdomainName: name.toLowerCase(),
      localAuthEnabled: settings.authentication === 'key',
      publicNetworkAccessEnabled: false,
      // A deleted account is kept for 48 hours, and a new one of its name refused meanwhile.
      lifecycle: { preventDestroy: deletionProtection },
    });
    this.accessKey = account.primaryAccessKey;
    const access = new PrivateAccess(this, 'private-access', {
      service: 'azureOpenAi',
      target: account,
      targetName: name,
      placement,
    });

    const deployments = new Construct(this, 'deployments');
    let previous: ITerraformDependable = access.endpoint;
    for (const { name: deployment, model, version, sku, capacity, versionUpgrade } of settings.deployments) {
      previous = new CognitiveDeployment(deployments, deployment, {
        name: deployment,
        cognitiveAccountId: account.id,
        model: { format: 'OpenAI', name: model, version },
        sku: { name: sku, capacity },
        versionUpgradeOption: versionUpgrade,
        // One after the other: an account answers 409 to two at once.
        dependsOn: [previous],
      });
    }
    if (settings.authentication === 'entra') {
      new RoleAssignment(this, 'gateway-login', {
        scope: account.id,
        roleDefinitionName: 'Cognitive Services OpenAI User',
        principalId: identity.principalId,
        principalType: 'ServicePrincipal',
      });
    }
    sendDiagnostics(this, 'diagnostics', {
      targetId: account.id,
      workspace: placement.workspace,
      categories: ['Audit', 'RequestResponse'],
      metrics: true,
    });
  }
}
