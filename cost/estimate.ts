import { isFields } from '../output/fields';
import type { KubernetesObject } from '../output/objects';
import { resolve, type TerraformConfiguration } from '../output/references';
import type { EnvironmentSide } from '../output/side';
import { type Component, componentsOf } from './components';
import { type Price, type PriceTable, unitsPerMonth } from './prices';
import { type UsageItem, usageOf } from './usage';

/** US dollars per month, at the autoscalers' floor and at their ceiling. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

export interface LineItem extends Component {
  /** `azurerm_managed_redis.redis`. */
  readonly address: string;
  /** Left out where the table has no price. */
  readonly price?: Price;
  readonly monthly?: Range;
}

export interface Estimate {
  readonly region: string;
  readonly items: readonly LineItem[];
  readonly total: Range;
  readonly usage: readonly (UsageItem & { readonly price?: Price })[];
  /** Types of resources of which this project does not know what they cost. */
  readonly unknownTypes: readonly string[];
  /** Pods of the HorizontalPodAutoscaler, which the user pool's nodes follow. */
  readonly pods?: Range;
}

/** Where an environment runs: that of its first resource group. */
export function regionOf({ stacks }: EnvironmentSide): string {
  for (const { resource = {} } of stacks.values()) {
    const [group] = Object.values(resource.azurerm_resource_group ?? {});
    if (group) return String(group.location);
  }
  return '';
}

/** What an environment costs in a month, by its own output and a table of prices. */
export function estimate(side: EnvironmentSide, table: PriceTable): Estimate {
  const stacks = [...side.stacks.values()];
  const resources = stacks.flatMap(resourcesOf);
  const plan = { defender: resources.some(({ body }) => 'microsoft_defender' in body) };
  const items = resources.flatMap(({ type, name, body }) =>
    (componentsOf(type, body, plan) ?? []).map(component => lineItem(`${type}.${name}`, component, table)),
  );
  return {
    region: table.region,
    items,
    total: sum(items),
    usage: stacks.flatMap(usageOf).map(item => ({ ...item, price: table.prices[item.key] })),
    unknownTypes: [
      ...new Set(
        resources.filter(({ type, body }) => !componentsOf(type, body, plan)).map(({ type }) => type),
      ),
    ],
    pods: podsOf(side.objects),
  };
}

function resourcesOf(configuration: TerraformConfiguration) {
  return Object.entries(configuration.resource ?? {}).flatMap(([type, byName]) =>
    Object.entries(byName).map(([name, body]) => {
      const resolved = resolve(body, configuration);
      return { type, name, body: isFields(resolved) ? resolved : {} };
    }),
  );
}

function lineItem(address: string, component: Component, { prices }: PriceTable): LineItem {
  const price = prices[component.key];
  if (!price) return { ...component, address };
  const monthly = (count: number) => count * price.price * unitsPerMonth(price.unit);
  return {
    ...component,
    address,
    price,
    monthly: { min: monthly(component.min), max: monthly(component.max) },
  };
}

function sum(items: readonly LineItem[]): Range {
  return {
    min: items.reduce((total, { monthly }) => total + (monthly?.min ?? 0), 0),
    max: items.reduce((total, { monthly }) => total + (monthly?.max ?? 0), 0),
  };
}

function podsOf(objects: readonly KubernetesObject[]): Range | undefined {
  const spec = objects.find(({ kind }) => kind === 'HorizontalPodAutoscaler')?.spec;
  return isFields(spec) ? { min: Number(spec.minReplicas ?? 1), max: Number(spec.maxReplicas) } : undefined;
}
