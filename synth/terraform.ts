import {
  DefaultTokenResolver,
  type ResolveOptions,
  StringConcat,
  TerraformElement,
  TerraformOutput,
  type TerraformStack,
  Tokenization,
} from 'cdktf';
import { TokenMap } from 'cdktf/lib/tokens/private/token-map';
import { deepMerge } from 'cdktf/lib/util';
import type { Environment } from '../config/environment';
import { AddonsStack } from '../constructs/addons-stack';
import { GatewayStack } from '../constructs/gateway-stack';
import type { TerraformStackJson } from '../invariants/terraform-layer';

/** A stack's Terraform configuration, as CDKTF's command line expects it in `cdk.tf.json`. */
interface TerraformFile {
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
  try {
    return [new GatewayStack(environment), new AddonsStack(environment)].map(render);
  } finally {
    forgetTokens();
  }
}

/** cdktf keeps every token of the process, and with it every construct: a hundred environments' by the end. */
function forgetTokens(): void {
  const tokens = TokenMap.instance();
  // biome-ignore lint/complexity/useLiteralKeys: private, and cdktf 0.21 is the last of its kind.
  for (const map of [tokens['stringTokenMap'], tokens['numberTokenMap']]) map.clear();
}

function render(stack: TerraformStack): TerraformFile {
  stack.runAllValidations();
  const elements = stack.node.findAll().filter(TerraformElement.isTerraformElement);
  const configuration = resolveAll(stack, elements);
  const outputs = elements
    .filter(TerraformOutput.isTerraformOutput)
    .map(output => [output.node.id, output.friendlyUniqueId]);
  // cdktf's command line finds the outputs by this.
  const ofStack = outputs.length > 0 ? { [stack.node.id]: Object.fromEntries(outputs) } : {};
  const content = JSON.stringify({ '//': { outputs: ofStack }, ...configuration }, null, 2);
  return {
    stack: stack.node.id,
    content: `${content}\n`,
    configuration,
    resources: count(configuration),
  };
}

/**
 * What `stack.toTerraform()` returns, but for versions and other metadata, at three quarters of its cost: it resolves
 * every element, and then all of them once more for the sake of the stack's own overrides.
 */
function resolveAll(stack: TerraformStack, elements: readonly TerraformElement[]): TerraformStackJson {
  const options = {
    scope: stack,
    resolver: new DefaultTokenResolver(new StringConcat()),
    preparing: false,
  };
  // biome-ignore lint/complexity/useLiteralKeys: private, and cdktf 0.21 is the last of its kind.
  const overrides = stack['rawOverrides'];
  const parts = [...elements.map(element => element.toTerraform()), overrides];
  return deepMerge({}, ...parts.map(part => resolve(part, options)));
}

/** cdktf's resolving makes a context for every key and value, and most of them are plain: those it is spared. */
function resolve(value: unknown, options: ResolveOptions): unknown {
  if (isPlain(value)) return value;
  if (Array.isArray(value) && value.every(isRecord)) return value.map(item => resolve(item, options));
  if (!isRecord(value)) return Tokenization.resolve(value, options);
  const resolved: Record<string, unknown> = {};
  for (const [key, child] of Object.entries(value)) {
    if (!isPlain(key)) return Tokenization.resolve(value, options);
    // The paths of constructs would change the golden where nothing changes in the cloud.
    if (key === '//') continue;
    const item = resolve(child, options);
    if (item !== undefined) resolved[key] = item;
  }
  return resolved;
}

/** Whether nothing in a value can be a token, in a string `${TfToken[7]}` or a number beyond 1e288. */
function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(item => item !== undefined && isPlain(item));
  if (typeof value === 'string') return !/\{|e\+/.test(value);
  if (typeof value === 'number') return Math.abs(value) < 1e288;
  return value === undefined || typeof value === 'boolean';
}

function isRecord(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype &&
    !Tokenization.isResolvable(value)
  );
}

function count({ resource = {} }: TerraformStackJson): number {
  return Object.values(resource).reduce((sum, byName) => sum + Object.keys(byName).length, 0);
}
