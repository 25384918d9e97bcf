import { KeyVault as AzureKeyVault } from '@cdktf/provider-azurerm/lib/key-vault';
import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { Settings } from '../config/settings';
import { sendDiagnostics } from './diagnostics';
import type { GatewayIdentity } from './gateway-identity';
import type { Placement } from './placement';
import { PrivateAccess } from './private-access';

export interface KeyVaultProps {
  readonly name: string;
  readonly settings: Settings['keyVault'];
  readonly placement: Placement;
  readonly tenantId: string;
  /** Object ids of those who apply the stack, and so write the secrets. */
  readonly administrators: readonly string[];
  /** Who reads them. */
  readonly reader: GatewayIdentity;
  readonly deletionProtection: boolean;
  /** Something that takes minutes to make, and needs no secret. */
  readonly meanwhile: ITerraformDependable;
}

/** The vault of the gateway's secrets. */
export class KeyVault extends Construct {
  readonly id: string;
  /** What must exist before a secret can be written. */
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: KeyVaultProps) {
    super(scope, id);
    const { name, settings, placement, tenantId, administrators, reader, deletionProtection, meanwhile } =
      props;
    const { allowedIpRanges } = settings;

    const vault = new AzureKeyVault(this, 'Resource', {
      name,
      resourceGroupName: placement.resourceGroup.name,
      location: placement.resourceGroup.location,
      tenantId,
      skuName: 'standard',
      rbacAuthorizationEnabled: true,
      purgeProtectionEnabled: settings.purgeProtection,
      softDeleteRetentionDays: settings.softDeleteRetentionDays,
      publicNetworkAccessEnabled: allowedIpRanges.length > 0,
      networkAcls: { bypass: 'None', defaultAction: 'Deny', ipRules: allowedIpRanges },
      lifecycle: { preventDestroy: deletionProtection },
    });
    const writers = administrators.map(
      (principalId, index) =>
        new RoleAssignment(this, `administrator-${index}`, {
          scope: vault.id,
          roleDefinitionName: 'Key Vault Secrets Officer',
          principalId,
        }),
    );
    new RoleAssignment(this, 'gateway-reads', {
      scope: vault.id,
      roleDefinitionName: 'Key Vault Secrets User',
      principalId: reader.principalId,
      principalType: 'ServicePrincipal',
    });
    const access = new PrivateAccess(this, 'private-access', {
      service: 'keyVault',
      target: vault,
      targetName: name,
      placement,
    });
    sendDiagnostics(this, 'diagnostics', {
      targetId: vault.id,
      workspace: placement.workspace,
      categories: ['AuditEvent'],
    });
    this.id = vault.id;
    // A fresh role takes minutes until the vault honours it (Azure/terraform-azurerm-avm-res-keyvault-vault#78), and
    // nothing says when: something that takes as long anyway is better than a sleep.
    this.ready = [...writers, access.endpoint, meanwhile];
  }
}
