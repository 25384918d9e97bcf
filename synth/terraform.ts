import type { TerraformStack } from 'cdktf';
import type { Environment } from '../config/environment';
import { AddonsStack } from '../constructs/addons-stack';
import { GatewayStack } from '../constructs/gateway-stack';
import type { TerraformStackJson } from '../invariants/terraform-layer';

/** A stack's Terraform configuration, as CDKTF's command line expects it in `cdk.tf.json`. */
export interface TerraformFile {
  /** Name of the stack. */
  readonly stack: string;
  readonly content: string;
  /** The same as a value. */
  readonly configuration: TerraformStackJson;
  /** How many resources it declares. */
  readonly resources: number;
}

/**
 * Renders an environment's stacks in memory, in the order to deploy.
 * @throws Error with every validation that a construct fails
 */
export function renderTerraform(environment: Environment): TerraformFile[] {
  return [new GatewayStack(environment), new AddonsStack(environment)].map(render);
}

function render(stack: TerraformStack): TerraformFile {
  stack.runAllValidations();
  const { '//': metadata, ...configuration } = stack.toTerraform();
  // cdktf's command line finds the outputs by this; the rest of the metadata are construct paths and versions, which
  // would change the golden where nothing changes in the cloud.
  const rendered = { ...(metadata.outputs && { '//': { outputs: metadata.outputs } }), ...configuration };
  const content = JSON.stringify(
    rendered,
    (key, value) => (key === '//' && 'metadata' in value ? undefined : value),
    2,
  );
  return {
    stack: stack.node.id,
    content: `${content}\n`,
    configuration,
    resources: count(configuration.resource),
  };
}

function count(resources: Record<string, Record<string, unknown>>): number {
  return Object.values(resources).reduce((sum, byName) => sum + Object.keys(byName).length, 0);
}
