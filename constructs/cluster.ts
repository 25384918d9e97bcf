import { KubernetesCluster } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { KubernetesClusterNodePool } from '@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool';
import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { Construct } from 'constructs';
import { addressAt } from '../config/cidr';
import type { NodePool } from '../config/cluster';
import type { ControllerName } from '../config/ingress-controllers';
import type { Settings } from '../config/settings';
import type { ClusterIdentity } from './cluster-identity';
import { sendDiagnostics } from './diagnostics';
import { ManagedGatewayApi } from './managed-gateway-api';
import type { NatGateway } from './nat-gateway';
import { poolArguments } from './node-pool';
import type { Placement } from './placement';
import { PodLogs } from './pod-logs';
import type { Registry } from './registry';
import { apiServerZone, linkZoneToOthers } from './zone-links';

/**
 * What an auditor asks for. `kube-audit`, which also logs every read, is left out: it costs several times the rest
 * together.
 */
const AUDIT_LOGS = ['kube-audit-admin', 'guard', 'kube-apiserver', 'cluster-autoscaler'];

/** CoreDNS's Service, by AKS's convention the tenth address of the range. */
const DNS_SERVICE_INDEX = 10;

/** AKS's own: how long its autoscaler lets pods end before it takes their node away. */
const AUTOSCALER_SECONDS = 600;

export interface ClusterProps {
  readonly name: string;
  readonly settings: Settings['cluster'];
  readonly ranges: Pick<Settings['network'], 'podCidr' | 'serviceCidr'>;
  readonly placement: Placement;
  /** AKS runs some of the ingress controllers itself. */
  readonly ingressController: ControllerName;
  readonly identity: ClusterIdentity;
  readonly natGateway: NatGateway;
  readonly tenantId: string;
  /** Object ids of those who apply the manifests. */
  readonly administrators: readonly string[];
  /** Whether what its pods log is kept. */
  readonly podLogs: boolean;
  /** The registry that its nodes pull from. */
  readonly registry: Registry;
  /** How long the slowest of our pods may take to end. */
  readonly longestEndSeconds: number;
}

/** The AKS cluster: a system pool for Kubernetes itself, a user pool for the gateway, Entra for everybody who calls. */
export class Cluster extends Construct {
  readonly cluster: KubernetesCluster;
  readonly oidcIssuerUrl: string;
  /** URL of the API server, and the authority that its certificate is of, in base64. */
  readonly host: string;
  readonly certificateAuthority: string;

  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    const { name, settings, ranges, placement, identity, natGateway, tenantId, administrators, registry } =
      props;
    const { resourceGroup, network, workspace } = placement;
    const { ingressController, podLogs, longestEndSeconds } = props;
    const pool = (nodePool: NodePool) => ({
      ...poolArguments(nodePool, longestEndSeconds),
      orchestratorVersion: settings.kubernetesVersion,
      vnetSubnetId: network.aks.id,
      zones: settings.zones,
      hostEncryptionEnabled: settings.hostEncryption,
      osSku: 'AzureLinux',
    });
    const window = {
      frequency: 'Weekly',
      interval: 1,
      ...settings.maintenance,
    };

    const cluster = new KubernetesCluster(this, 'Resource', {
      name,
      resourceGroupName: resourceGroup.name,
      location: resourceGroup.location,
      dnsPrefix: name,
      kubernetesVersion: settings.kubernetesVersion,
      skuTier: settings.tier,
      // What the tier is paid for: Azure's default is the community's year.
      supportPlan: settings.tier === 'Premium' ? 'AKSLongTermSupport' : undefined,
      identity: { type: 'UserAssigned', identityIds: [identity.id] },
      defaultNodePool: {
        name: 'system',
        onlyCriticalAddonsEnabled: true,
        temporaryNameForRotation: 'systemtmp',
        ...pool(settings.systemPool),
      },
      networkProfile: {
        networkPlugin: 'azure',
        networkPluginMode: 'overlay',
        networkPolicy: settings.networkPolicy,
        networkDataPlane: settings.networkPolicy,
        outboundType: 'userAssignedNATGateway',
        loadBalancerSku: 'standard',
        podCidr: ranges.podCidr,
        serviceCidr: ranges.serviceCidr,
        dnsServiceIp: addressAt(ranges.serviceCidr, DNS_SERVICE_INDEX),
      },
      privateClusterEnabled: settings.privateCluster,
      apiServerAccessProfile: apiServerAccess(settings, natGateway),
      runCommandEnabled: settings.runCommand,
      localAccountDisabled: true,
      azureActiveDirectoryRoleBasedAccessControl: {
        azureRbacEnabled: true,
        tenantId,
      },
      oidcIssuerEnabled: true,
      workloadIdentityEnabled: true,
      keyVaultSecretsProvider: { secretRotationEnabled: true, secretRotationInterval: '2m' },
      // Without a controller of AKS's own making: its address could not be chosen.
      webAppRouting:
        ingressController === 'application-routing'
          ? { dnsZoneIds: [], defaultNginxController: 'None' }
          : undefined,
      azurePolicyEnabled: true,
      imageCleanerEnabled: true,
      imageCleanerIntervalHours: 168,
      omsAgent: podLogs
        ? { logAnalyticsWorkspaceId: workspace.id, msiAuthForMonitoringEnabled: true }
        : undefined,
      microsoftDefender: settings.defender ? { logAnalyticsWorkspaceId: workspace.id } : undefined,
      automaticUpgradeChannel: settings.upgradeChannel === 'none' ? undefined : settings.upgradeChannel,
      nodeOsUpgradeChannel: 'NodeImage',
      maintenanceWindowAutoUpgrade: window,
      maintenanceWindowNodeOs: window,
      autoScalerProfile: {
        maxGracefulTerminationSec: String(Math.max(AUTOSCALER_SECONDS, longestEndSeconds)),
      },
      dependsOn: [...natGateway.ready, ...identity.ready, ...network.ready],
      // The autoscaler's.
      lifecycle: { ignoreChanges: ['default_node_pool[0].node_count'] },
    });
    const userPool = new KubernetesClusterNodePool(this, 'user-pool', {
      name: 'user',
      mode: 'User',
      kubernetesClusterId: cluster.id,
      temporaryNameForRotation: 'usertmp',
      ...pool(settings.userPool),
      lifecycle: { ignoreChanges: ['node_count'] },
    });
    for (const [index, principalId] of administrators.entries()) {
      new RoleAssignment(this, `administrator-${index}`, {
        scope: cluster.id,
        roleDefinitionName: 'Azure Kubernetes Service RBAC Cluster Admin',
        principalId,
      });
    }
    new RoleAssignment(this, 'kubelet-pulls', {
      scope: registry.registry.id,
      roleDefinitionName: 'AcrPull',
      principalId: cluster.kubeletIdentity.objectId,
      principalType: 'ServicePrincipal',
    });
    sendDiagnostics(this, 'diagnostics', {
      targetId: cluster.id,
      workspace,
      categories: AUDIT_LOGS,
      metrics: true,
    });
    if (settings.privateCluster) linkZoneToOthers(this, apiServerZone(cluster), network);
    if (podLogs) new PodLogs(this, 'pod-logs', { clusterName: name, clusterId: cluster.id, placement });
    if (ingressController === 'gateway-api') {
      new ManagedGatewayApi(this, 'gateway-api', { clusterId: cluster.id, after: userPool });
    }
    this.cluster = cluster;
    this.oidcIssuerUrl = cluster.oidcIssuerUrl;
    const access = cluster.kubeConfig.get(0);
    this.host = access.host;
    this.certificateAuthority = access.clusterCaCertificate;
  }
}

/** Nodes reach a public API server by the NAT gateway's address, so a list without it locks them out. */
function apiServerAccess(
  { privateCluster, authorizedIpRanges }: Settings['cluster'],
  natGateway: NatGateway,
) {
  if (privateCluster || authorizedIpRanges.length === 0) return undefined;
  return { authorizedIpRanges: [...authorizedIpRanges, `${natGateway.address.ipAddress}/32`] };
}
