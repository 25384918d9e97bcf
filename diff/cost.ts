import { estimate, type Range, regionOf } from '../cost/estimate';
import { priceTable, REGIONS } from '../cost/prices';
import type { EnvironmentSide, Side } from '../output/side';
import type { DiffReport } from './report';

/** US dollars per month of an environment before and after; left out where it does not exist or has no prices. */
export interface CostChange {
  readonly before?: Range;
  readonly after?: Range;
  /** Keys of the price table for which it has no price: they are in neither sum. */
  readonly unpriced: readonly string[];
}

/** By environment, from the table of prices that comes with the project. */
export function compareCosts(
  { environments }: DiffReport,
  before: Side,
  after: Side,
): Map<string, CostChange> {
  return new Map(
    environments.map(({ name }) => {
      const [old, now] = [costOf(before.get(name)), costOf(after.get(name))];
      const unpriced = [...new Set([...(old?.unpriced ?? []), ...(now?.unpriced ?? [])])];
      return [name, { before: old?.total, after: now?.total, unpriced }];
    }),
  );
}

function costOf(side: EnvironmentSide | undefined): { total: Range; unpriced: string[] } | undefined {
  const region = side && regionOf(side);
  if (!side || !region || !REGIONS.includes(region)) return undefined;
  const { total, items } = estimate(side, priceTable(region));
  return { total, unpriced: items.filter(({ price }) => !price).map(({ key }) => key) };
}
