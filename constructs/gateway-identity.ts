import type { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Construct } from 'constructs';
import { workloadSubject } from '../contract/workload';
import type { Cluster } from './cluster';
import { federate } from './federation';

export interface GatewayIdentityProps {
  readonly name: string;
  readonly resourceGroup: ResourceGroup;
  /** The cluster whose tokens Entra accepts. */
  readonly cluster: Cluster;
}

/** Who the gateway's pods are in Azure: AKS vouches for their ServiceAccount, and Entra gives them tokens for it. */
export class GatewayIdentity extends Construct {
  readonly name: string;
  readonly clientId: string;
  readonly principalId: string;

  constructor(scope: Construct, id: string, props: GatewayIdentityProps) {
    super(scope, id);
    const { name, resourceGroup, cluster } = props;

    const identity = new UserAssignedIdentity(this, 'Resource', {
      name,
      resourceGroupName: resourceGroup.name,
      location: resourceGroup.location,
    });
    federate(this, 'federated-credential', {
      name: 'gateway',
      resourceGroup,
      identity,
      cluster,
      subject: workloadSubject,
    });
    this.name = identity.name;
    this.clientId = identity.clientId;
    this.principalId = identity.principalId;
  }
}
