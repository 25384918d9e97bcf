import type { ManagedRedis } from '@cdktf/provider-azurerm/lib/managed-redis';
import { type ITerraformDependable, TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';

export interface RedisAccessPolicyAssignmentProps {
  readonly redis: ManagedRedis;
  /** Object id of the identity that may log in. */
  readonly objectId: string;
  readonly after: ITerraformDependable;
}

/** `azurerm_managed_redis_access_policy_assignment`, which came with azurerm 4.60: the prebuilt bindings are older. */
export class RedisAccessPolicyAssignment extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: RedisAccessPolicyAssignmentProps,
  ) {
    super(scope, id, {
      terraformResourceType: 'azurerm_managed_redis_access_policy_assignment',
      terraformGeneratorMetadata: { providerName: 'azurerm' },
      dependsOn: [props.after],
    });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { managed_redis_id: this.props.redis.id, object_id: this.props.objectId };
  }
}
