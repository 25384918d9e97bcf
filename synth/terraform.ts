import type { Environment } from '../config/environment';
import { GatewayStack } from '../constructs/gateway-stack';

/** An environment's Terraform configuration, as CDKTF's command line expects it in `cdk.tf.json`. */
export interface TerraformFile {
  readonly content: string;
  /** How many resources it declares. */
  readonly resources: number;
}

/**
 * Renders the stack in memory.
 * @throws Error with every validation that a construct fails
 */
export function renderTerraform(environment: Environment): TerraformFile {
  const stack = new GatewayStack(environment);
  stack.runAllValidations();
  const { '//': metadata, ...configuration } = stack.toTerraform();
  // cdktf's command line finds the outputs by this; the rest of the metadata are construct paths and versions, which
  // would change the golden where nothing changes in the cloud.
  const rendered = { '//': { outputs: metadata.outputs }, ...configuration };
  const content = JSON.stringify(
    rendered,
    (key, value) => (key === '//' && 'metadata' in value ? undefined : value),
    2,
  );
  return { content: `${content}\n`, resources: count(configuration.resource) };
}

function count(resources: Record<string, Record<string, unknown>>): number {
  return Object.values(resources).reduce((sum, byName) => sum + Object.keys(byName).length, 0);
}
