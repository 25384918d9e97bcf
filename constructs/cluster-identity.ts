import type { PublicIp } from '@cdktf/provider-azurerm/lib/public-ip';
import type { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { Network } from './network';

export interface ClusterIdentityProps {
  readonly name: string;
  readonly resourceGroup: ResourceGroup;
  readonly network: Network;
  /** The public address that the ingress controller's load balancer takes; an internal gateway has none. */
  readonly ingressAddress: PublicIp | undefined;
}

/** Who the control plane is in Azure, with what it needs to attach nodes and load balancers, and no more. */
export class ClusterIdentity extends Construct {
  readonly id: string;
  /** What must exist before the cluster. */
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ClusterIdentityProps) {
    super(scope, id);
    const { name, resourceGroup, network, ingressAddress } = props;

    const identity = new UserAssignedIdentity(this, 'Resource', {
      name,
      resourceGroupName: resourceGroup.name,
      location: resourceGroup.location,
    });
    const may = (assignment: string, scopeId: string, roleDefinitionName: string) =>
      new RoleAssignment(this, assignment, {
        scope: scopeId,
        roleDefinitionName,
        principalId: identity.principalId,
        principalType: 'ServicePrincipal',
      });
    this.id = identity.id;
    this.ready = [
      may('joins-nodes', network.aks.id, 'Network Contributor'),
      may('joins-internal-load-balancers', network.ingress.id, 'Network Contributor'),
      // Finding the address by its name lists the group; taking it needs the address alone.
      ...(ingressAddress
        ? [
            may('finds-the-ingress-address', resourceGroup.id, 'Reader'),
            may('takes-the-ingress-address', ingressAddress.id, 'Network Contributor'),
          ]
        : []),
    ];
  }
}
