import type { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Construct } from 'constructs';
import { certManagerSubject } from '../contract/cert-manager';
import type { Cluster } from './cluster';
import { federate } from './federation';

export interface CertManagerIdentityProps {
  readonly name: string;
  readonly resourceGroup: ResourceGroup;
  readonly cluster: Cluster;
  /** Where the proofs of DNS-01 go; a zone that exists. */
  readonly dnsZone: {
    readonly subscriptionId: string;
    readonly resourceGroup: string;
    readonly name: string;
  };
}

/** Who cert-manager is in Azure: it writes records to one zone, and nothing else. */
export class CertManagerIdentity extends Construct {
  readonly clientId: string;

  constructor(scope: Construct, id: string, props: CertManagerIdentityProps) {
    super(scope, id);
    const { name, resourceGroup, cluster, dnsZone } = props;

    const identity = new UserAssignedIdentity(this, 'Resource', {
      name,
      resourceGroupName: resourceGroup.name,
      location: resourceGroup.location,
    });
    federate(this, 'federated-credential', {
      name: 'cert-manager',
      resourceGroup,
      identity,
      cluster,
      subject: certManagerSubject,
    });
    new RoleAssignment(this, 'writes-proofs', {
      scope: `/subscriptions/${dnsZone.subscriptionId}/resourceGroups/${dnsZone.resourceGroup}/providers/Microsoft.Network/dnsZones/${dnsZone.name}`,
      roleDefinitionName: 'DNS Zone Contributor',
      principalId: identity.principalId,
      principalType: 'ServicePrincipal',
    });
    this.clientId = identity.clientId;
  }
}
