import { DataAzurermClientConfig } from '@cdktf/provider-azurerm/lib/data-azurerm-client-config';
import { LogAnalyticsWorkspace } from '@cdktf/provider-azurerm/lib/log-analytics-workspace';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { TerraformElement, TerraformStack } from 'cdktf';
import { type Construct, type Node, RootConstruct } from 'constructs';
import type { Environment } from '../config/environment';
import './stack-traces';
import { AzureOpenAi } from './azure-openai';
import { Cluster } from './cluster';
import { ClusterIdentity } from './cluster-identity';
import { GatewayIdentity } from './gateway-identity';
import { IngressAddress } from './ingress-address';
import { KeyVault } from './key-vault';
import { NatGateway } from './nat-gateway';
import { Network } from './network';
import { publishOutputs } from './outputs';
import { Postgres } from './postgres';
import { configureProviders } from './providers';
import { Redis } from './redis';
import { Registry } from './registry';
import { Secrets } from './secrets';
import { configureState } from './state';
import { tagAll } from './tags';

/** Everything in Azure that one environment's gateway needs: a Terraform stack named after the environment. */
export class GatewayStack extends TerraformStack {
  constructor(environment: Environment, scope: Construct = new RootConstruct()) {
    super(scope, environment.name);
    const { names, deletionProtection } = environment;

    configureProviders(this, environment);
    configureState(this, environment.name, environment.terraform);
    const caller = new DataAzurermClientConfig(this, 'caller');
    const { tenantId } = caller;
    const administrators =
      environment.administrators.length > 0 ? environment.administrators : [caller.objectId];
    const resourceGroup = new ResourceGroup(this, 'resource-group', {
      name: names.resourceGroup,
      location: environment.location,
    });
    const workspace = new LogAnalyticsWorkspace(this, 'log-analytics', {
      name: names.logAnalytics,
      resourceGroupName: resourceGroup.name,
      location: resourceGroup.location,
      sku: 'PerGB2018',
      retentionInDays: environment.monitoring.retentionDays,
    });

    const network = new Network(this, 'network', {
      name: names.virtualNetwork,
      resourceGroup,
      settings: environment.network,
    });
    const natGateway = new NatGateway(this, 'nat-gateway', {
      name: names.natGateway,
      addressName: names.natAddress,
      sku: environment.network.natGateway,
      zones: environment.cluster.zones,
      resourceGroup,
      subnet: network.aks,
    });
    const ingress = new IngressAddress(this, 'ingress-address', {
      name: names.ingressAddress,
      resourceGroup,
      zones: environment.cluster.zones,
      host: environment.host,
      dnsZone: environment.ingress.dnsZone,
    });

    const placement = { resourceGroup, network, workspace };
    const registry = new Registry(this, 'registry', {
      name: names.registry,
      settings: environment.registry,
      placement,
      image: environment.gateway.image,
    });
    const cluster = new Cluster(this, 'cluster', {
      name: names.cluster,
      settings: environment.cluster,
      ranges: environment.network,
      placement,
      identity: new ClusterIdentity(this, 'cluster-identity', {
        name: names.clusterIdentity,
        resourceGroup,
        network,
        ingressAddress: ingress.address,
      }),
      natGateway,
      tenantId,
      administrators,
      registry,
    });
    const identity = new GatewayIdentity(this, 'gateway-identity', {
      name: names.gatewayIdentity,
      resourceGroup,
      cluster,
    });

    const redis = new Redis(this, 'redis', {
      name: names.redis,
      settings: environment.redis,
      placement,
      identity,
    });
    const azureOpenAi =
      environment.azureOpenAi &&
      new AzureOpenAi(this, 'azure-openai', {
        name: names.azureOpenAi,
        settings: environment.azureOpenAi,
        placement,
        identity,
      });
    const secrets = new Secrets(this, 'secrets', {
      secrets: environment.secrets,
      revision: environment.secretsRevision,
      vault: new KeyVault(this, 'key-vault', {
        name: names.keyVault,
        settings: environment.keyVault,
        placement,
        tenantId,
        administrators,
        reader: identity,
        deletionProtection,
      }),
      serviceKeys: { redis: redis.accessKey, 'azure-openai': azureOpenAi?.accessKey ?? '' },
      deletionProtection,
    });
    new Postgres(this, 'postgres', {
      name: names.postgres,
      settings: environment.postgres,
      placement,
      login:
        environment.postgres.authentication === 'entra'
          ? { identity, tenantId }
          : { password: secrets.read('database-password') },
      deletionProtection,
    });

    publishOutputs(this, {
      gateway_client_id: identity.clientId,
      gateway_principal_id: identity.principalId,
      tenant_id: tenantId,
    });
    tagAll(this, { ...environment.tags, environment: environment.name, 'managed-by': 'litellm-aks' });
  }

  /**
   * Logical ids are the path, so that `terraform plan` reads like the code: `azurerm_subnet.network_snet_aks`. A
   * construct's main resource has the construct's own name. (cdktf would append a hash of the path.)
   */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    const path = node.scopes.slice(node.scopes.indexOf(this) + 1).map(scope => scope.node.id);
    return path
      .filter(id => id !== 'Resource')
      .join('_')
      .replaceAll(/[^A-Za-z0-9_]/g, '_');
  }
}
