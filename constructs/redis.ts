import { ManagedRedis } from '@cdktf/provider-azurerm/lib/managed-redis';
import { Construct } from 'constructs';
import type { Settings } from '../config/settings';
import { sendDiagnostics } from './diagnostics';
import type { GatewayIdentity } from './gateway-identity';
import type { Placement } from './placement';
import { PrivateAccess } from './private-access';
import { RedisAccessPolicyAssignment } from './redis-access-policy-assignment';

export interface RedisProps {
  readonly name: string;
  readonly settings: Settings['redis'];
  readonly placement: Placement;
  /** Who may log in with a token. */
  readonly identity: GatewayIdentity;
}

/** Azure Managed Redis, reached through its private endpoint only. */
export class Redis extends Construct {
  readonly id: string;
  /** A reference to the access key; it exists only where access keys are on. */
  readonly accessKey: string;

  constructor(scope: Construct, id: string, props: RedisProps) {
    super(scope, id);
    const { name, settings, placement, identity } = props;

    const redis = new ManagedRedis(this, 'Resource', {
      name,
      resourceGroupName: placement.resourceGroup.name,
      location: placement.resourceGroup.location,
      skuName: settings.sku,
      highAvailabilityEnabled: settings.highAvailability,
      publicNetworkAccess: 'Disabled',
      defaultDatabase: {
        clientProtocol: 'Encrypted',
        // OSSCluster answers MOVED to plain clients, the article's unsolved error (BerriAI/litellm#8878);
        // EnterpriseCluster refuses LiteLLM's limiter scripts with CROSSSLOT (#30065).
        clusteringPolicy: 'NoCluster',
        evictionPolicy: 'VolatileLRU',
        accessKeysAuthenticationEnabled: settings.authentication === 'access-key',
      },
    });
    this.id = redis.id;
    this.accessKey = redis.defaultDatabase.primaryAccessKey;
    const access = new PrivateAccess(this, 'private-access', {
      service: 'redis',
      target: redis,
      targetName: name,
      placement,
    });
    if (settings.authentication === 'entra') {
      new RedisAccessPolicyAssignment(this, 'gateway-login', {
        redis,
        objectId: identity.principalId,
        after: access.endpoint,
      });
    }
    sendDiagnostics(this, 'diagnostics', {
      targetId: redis.id,
      workspace: placement.workspace,
      metrics: true,
    });
    // The cluster has metrics only; connections are logged by its one database.
    sendDiagnostics(this, 'database-diagnostics', {
      targetId: `${redis.id}/databases/default`,
      workspace: placement.workspace,
      categories: ['ConnectionEvents'],
    });
  }
}
