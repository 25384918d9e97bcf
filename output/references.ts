import { isFields } from './fields';

/** A stack's `cdk.tf.json`, as far as a comparison reads it. */
export interface TerraformConfiguration {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Resource>>>>;
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
  readonly [section: string]: unknown;
}

export type Resource = Readonly<Record<string, unknown>>;

/** `${azurerm_subnet.network_snet_aks.id}`: type, name and attribute, and nothing else. */
const REFERENCE = /\$\{(\w+)\.([\w-]+)\.(\w+)\}/g;

/** Any expression, and what it names in it: `${azurerm_kubernetes_cluster.cluster.kubelet_identity[0].object_id}`. */
const EXPRESSION = /\$\{([^}]*)\}/g;
const NAMED = /(?<![\w.])([a-z]\w*_\w+)\.([\w-]+)\.\w/g;

/**
 * A value with its references to configured arguments replaced by what is configured, as Terraform does when it
 * plans. What only Azure knows (`id`, `principal_id`) stays a reference.
 */
export function resolve(value: unknown, configuration: TerraformConfiguration, depth = 0): unknown {
  if (typeof value === 'string') {
    return value.replace(REFERENCE, (reference, type: string, name: string, attribute: string) => {
      const found = configuration.resource?.[type]?.[name]?.[attribute];
      if (!['string', 'number', 'boolean'].includes(typeof found) || depth > 8) return reference;
      return String(resolve(found, configuration, depth + 1));
    });
  }
  if (Array.isArray(value)) return value.map(item => resolve(item, configuration, depth));
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, resolve(child, configuration, depth)]),
  );
}

/** Every place in a resource that refers to what Azure alone knows, with the address that it refers to. */
export function unresolvedReferences(
  value: unknown,
  path = '',
): { path: string; value: string; address: string }[] {
  if (typeof value === 'string') {
    const expressions = [...value.matchAll(EXPRESSION)].map(([, expression]) => expression);
    return [...expressions.join(' ').matchAll(NAMED)].map(([, type, name]) => ({
      path,
      value,
      address: `${type}.${name}`,
    }));
  }
  if (Array.isArray(value)) return value.flatMap(item => unresolvedReferences(item, path));
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    unresolvedReferences(child, path ? `${path}.${key}` : key),
  );
}
