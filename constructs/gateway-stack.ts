import { DataAzurermClientConfig } from '@cdktf/provider-azurerm/lib/data-azurerm-client-config';
import { LogAnalyticsWorkspace } from '@cdktf/provider-azurerm/lib/log-analytics-workspace';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { type Construct, RootConstruct } from 'constructs';
import { callsSomebody } from '../config/alerts';
import type { Environment } from '../config/environment';
import { databasePassword } from '../config/secrets';
import { privateAddress } from '../contract/load-balancer';
import { Alerts } from './alerts';
import { AzapiProvider } from './azapi-provider';
import { AzureOpenAi } from './azure-openai';
import { CertManagerIdentity } from './cert-manager-identity';
import { Cluster } from './cluster';
import { ClusterIdentity } from './cluster-identity';
import { EnvironmentStack } from './environment-stack';
import { GatewayIdentity } from './gateway-identity';
import { IngressAddress } from './ingress-address';
import { KeyVault } from './key-vault';
import { NatGateway } from './nat-gateway';
import { Network } from './network';
import { publishClusterAccess, publishOutputs } from './outputs';
import { Postgres } from './postgres';
import { PrivateIngressRecord } from './private-ingress-record';
import { configureProviders } from './providers';
import { Redis } from './redis';
import { Registry } from './registry';
import { Secrets } from './secrets';
import { configureState } from './state';
import { tagAll } from './tags';

/** Everything in Azure that one environment's gateway needs: a Terraform stack named after the environment. */
export class GatewayStack extends EnvironmentStack {
  constructor(environment: Environment, scope: Construct = new RootConstruct()) {
    super(scope, environment.name);
    const { names, deletionProtection, deadlines, ingress } = environment;

    configureProviders(this, environment);
    if (ingress.controller === 'gateway-api') new AzapiProvider(this, 'azapi', environment.subscriptionId);
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
      // Defender's sensor still logs in with the workspace's key (Azure/Microsoft-Defender-for-Cloud#1010); all else is Entra's.
      localAuthenticationEnabled: environment.cluster.defender,
    });

    const network = new Network(this, 'network', {
      name: names.virtualNetwork,
      resourceGroup,
      settings: environment.network,
      wayIn: ingress,
    });
    const natGateway = new NatGateway(this, 'nat-gateway', {
      name: names.natGateway,
      addressName: names.natAddress,
      sku: environment.network.natGateway,
      zones: environment.cluster.zones,
      resourceGroup,
      subnet: network.aks,
    });
    const publicAddress =
      ingress.exposure === 'public'
        ? new IngressAddress(this, 'ingress-address', {
            name: names.ingressAddress,
            resourceGroup,
            zones: environment.cluster.zones,
            host: environment.host,
            dnsZone: ingress.dnsZone,
          }).address
        : undefined;
    if (ingress.privateDnsZone) {
      new PrivateIngressRecord(this, 'ingress-record', {
        resourceGroup,
        network,
        host: environment.host,
        address: privateAddress(environment),
        zone: ingress.privateDnsZone,
      });
    }

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
      ingressController: ingress.controller,
      identity: new ClusterIdentity(this, 'cluster-identity', {
        name: names.clusterIdentity,
        resourceGroup,
        network,
        ingressAddress: publicAddress,
      }),
      natGateway,
      tenantId,
      administrators,
      podLogs: environment.monitoring.podLogs,
      registry,
      longestEndSeconds: Math.max(deadlines.gatewayEndSeconds, deadlines.controllerEndSeconds),
    });
    const identity = new GatewayIdentity(this, 'gateway-identity', {
      name: names.gatewayIdentity,
      resourceGroup,
      cluster,
    });

    const certManager =
      ingress.acme.solver === 'dns01' && ingress.dnsZone && environment.subscriptionId
        ? new CertManagerIdentity(this, 'cert-manager-identity', {
            name: names.certManagerIdentity,
            resourceGroup,
            cluster,
            dnsZone: { ...ingress.dnsZone, subscriptionId: environment.subscriptionId },
          })
        : undefined;

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
        deletionProtection,
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
        meanwhile: cluster.cluster,
      }),
      serviceKeys: { redis: redis.accessKey, 'azure-openai': azureOpenAi?.accessKey ?? '' },
      deletionProtection,
    });
    const postgres = new Postgres(this, 'postgres', {
      name: names.postgres,
      settings: environment.postgres,
      placement,
      login:
        environment.postgres.authentication === 'entra'
          ? { identity, tenantId }
          : { password: secrets.read(databasePassword.name) },
      deletionProtection,
    });

    if (callsSomebody(environment.monitoring.alerts)) {
      new Alerts(this, 'alerts', {
        environmentName: environment.name,
        actionGroupName: names.actionGroup,
        settings: environment.monitoring.alerts,
        placement,
        measured: { clusterId: cluster.cluster.id, postgresId: postgres.id, redisId: redis.id },
        podLogs: environment.monitoring.podLogs,
        ingress,
        azureOpenAi: azureOpenAi !== undefined,
        migrationSeconds: environment.gateway.database.migrationTimeoutSeconds,
      });
    }

    publishOutputs(this, {
      gateway_client_id: identity.clientId,
      gateway_principal_id: identity.principalId,
      tenant_id: tenantId,
      cert_manager_client_id: certManager?.clientId,
    });
    publishClusterAccess(this, cluster);
    tagAll(this, { ...environment.tags, environment: environment.name, 'managed-by': 'litellm-aks' });
  }
}
