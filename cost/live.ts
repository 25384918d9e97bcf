import { type Meter, meterOf } from './meters';
import type { Price, PriceTable } from './prices';
import { type RetailPrice, type RetailPricesProps, retailPrices } from './retail-prices';

/** A table with what the API says today, and what it did not say. */
interface Refreshed {
  readonly table: PriceTable;
  /** Keys that keep the price of the project's table, or have none. */
  readonly kept: readonly string[];
}

/**
 * Asks the API for the prices of some keys.
 * @param today the date that the refreshed table carries: `2026-11-22`
 */
export async function refresh(
  table: PriceTable,
  keys: readonly string[],
  today: string,
  props: RetailPricesProps,
): Promise<Refreshed> {
  const fresh: Record<string, Price> = {};
  const kept: string[] = [];
  // One after the other: the API limits bursts.
  for (const key of [...new Set(keys)]) {
    const meter = meterOf(key);
    const price = meter && choose(meter, table.region, await ask(meter, table.region, props));
    if (price) fresh[key] = { price: price.retailPrice, unit: unitOf(key, table, meter), source: 'live' };
    else kept.push(key);
  }
  const sources = { ...table.sources, live: `Azure Retail Prices API, ${props.url}, read ${today}` };
  return { table: { ...table, collected: today, sources, prices: { ...table.prices, ...fresh } }, kept };
}

function ask(meter: Meter, region: string, props: RetailPricesProps): Promise<RetailPrice[]> {
  const { serviceName, skuName, meterName, armSkuName, worldwide } = meter;
  const filter = {
    serviceName,
    ...(worldwide ? {} : { armRegionName: region }),
    ...(armSkuName ? { armSkuName } : {}),
    ...(meterName ? { meterName } : {}),
    // Case matters to the filter, and the API spells the SKUs of PostgreSQL differently in places.
    ...(skuName && serviceName !== 'Azure Database for PostgreSQL' ? { skuName } : {}),
    priceType: 'Consumption',
  };
  return retailPrices(filter, props);
}

/** The one price that is meant; none where the answer leaves a choice, because a guess is worse than a gap. */
function choose(meter: Meter, region: string, items: readonly RetailPrice[]): RetailPrice | undefined {
  const same = (given: string | undefined, found: string) =>
    given === undefined || given.toLowerCase() === found.toLowerCase();
  const { productName: product } = meter;
  const matching = items.filter(
    item =>
      item.type === 'Consumption' &&
      item.retailPrice > 0 &&
      same(meter.skuName, item.skuName) &&
      same(meter.meterName, item.meterName) &&
      (product === undefined ||
        (typeof product === 'string' ? product === item.productName : product.test(item.productName))) &&
      item.unitOfMeasure === meter.unit,
  );
  const places = [region, 'Global', 'Zone 1', ''];
  const place = places.find(name => matching.some(({ armRegionName }) => armRegionName === name));
  const here = matching.filter(({ armRegionName }) => armRegionName === place);
  const tier = Math.min(...here.map(({ tierMinimumUnits }) => tierMinimumUnits));
  const lowest = here.filter(({ tierMinimumUnits }) => tierMinimumUnits === tier);
  return new Set(lowest.map(({ retailPrice }) => retailPrice)).size === 1 ? lowest[0] : undefined;
}

const UNITS: Readonly<Record<string, string>> = {
  '1 Hour': 'hour',
  '1/Hour': 'hour',
  '1/Day': 'day',
  '1/Month': 'month',
  '1': 'month',
  '1 GB/Month': 'GB and month',
  '1 GB': 'GB',
  '10K': '10,000 operations',
};

function unitOf(key: string, table: PriceTable, meter: Meter): string {
  return table.prices[key]?.unit ?? UNITS[meter.unit] ?? meter.unit;
}
