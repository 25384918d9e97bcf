import {
  DefaultTokenResolver,
  StringConcat,
  TerraformElement,
  TerraformOutput,
  type TerraformStack,
  Tokenization,
} from 'cdktf';
import { deepMerge } from 'cdktf/lib/util';
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
  const elements = stack.node.findAll().filter(TerraformElement.isTerraformElement);
  const configuration = resolveAll(stack, elements);
  // cdktf's command line finds the outputs by this.
  const outputs = elements
    .filter(TerraformOutput.isTerraformOutput)
    .map(output => [output.node.id, output.friendlyUniqueId]);
  const rendered = {
    '//': { outputs: { [environment.name]: Object.fromEntries(outputs) } },
    ...configuration,
  };
  // The paths of constructs would change the golden where nothing changes in the cloud.
  const content = JSON.stringify(
    rendered,
    (key, value) => (key === '//' && 'metadata' in value ? undefined : value),
    2,
  );
  return { content: `${content}\n`, resources: count(configuration.resource ?? {}) };
}

/**
 * What `stack.toTerraform()` returns, but for versions and other metadata, at three quarters of its cost: it resolves
 * every element, and then all of them once more for the sake of the stack's own overrides.
 */
function resolveAll(
  stack: TerraformStack,
  elements: readonly TerraformElement[],
): Record<string, Record<string, Record<string, unknown>>> {
  const options = {
    scope: stack,
    resolver: new DefaultTokenResolver(new StringConcat()),
    preparing: false,
  };
  // biome-ignore lint/complexity/useLiteralKeys: private, and cdktf 0.21 is the last of its kind.
  const overrides = stack['rawOverrides'];
  const parts = [...elements.map(element => element.toTerraform()), overrides];
  return deepMerge({}, ...parts.map(part => Tokenization.resolve(part, options)));
}

function count(resources: Record<string, Record<string, unknown>>): number {
  return Object.values(resources).reduce((sum, byName) => sum + Object.keys(byName).length, 0);
}
