import { FederatedIdentityCredential } from '@cdktf/provider-azurerm/lib/federated-identity-credential';
import type { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import type { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import type { Construct } from 'constructs';
import type { Cluster } from './cluster';

export interface FederationProps {
  readonly name: string;
  readonly resourceGroup: ResourceGroup;
  readonly identity: UserAssignedIdentity;
  /** The cluster whose tokens Entra accepts. */
  readonly cluster: Cluster;
  /** The ServiceAccount, as `system:serviceaccount:<namespace>:<name>`. */
  readonly subject: string;
}

/** Lets the pods of a ServiceAccount be an identity: AKS vouches for them, and Entra gives them tokens for it. */
export function federate(scope: Construct, id: string, props: FederationProps): void {
  const { name, resourceGroup, identity, cluster, subject } = props;
  new FederatedIdentityCredential(scope, id, {
    name,
    resourceGroupName: resourceGroup.name,
    parentId: identity.id,
    issuer: cluster.oidcIssuerUrl,
    audience: ['api://AzureADTokenExchange'],
    subject,
  });
}
