import australiaeast from './prices/australiaeast.json';
import eastus2 from './prices/eastus2.json';

/** What one unit of something costs in US dollars, before taxes and discounts. */
export interface Price {
  readonly price: number;
  /** `hour`, `day`, `month`, `GB and month`; what depends on use also `GB`, `1M tokens`, `10,000 operations`. */
  readonly unit: string;
  /** Where the figure comes from: a key of the table's sources. */
  readonly source: string;
  /** How it was derived, or from where on it counts. */
  readonly note?: string;
}

export interface PriceTable {
  readonly region: string;
  /** When it was put together. */
  readonly collected: string;
  readonly sources: Readonly<Record<string, string>>;
  /** By key: `vm/Standard_D4s_v5`, `redis/Balanced_B0`. */
  readonly prices: Readonly<Record<string, Price>>;
}

const TABLES: readonly PriceTable[] = [australiaeast, eastus2];

/** The table that comes with the project; empty for a region that it does not have. */
export function priceTable(region: string): PriceTable {
  const known = TABLES.find(table => table.region === region);
  return known ?? { region, collected: '', sources: {}, prices: {} };
}

export const REGIONS: readonly string[] = TABLES.map(({ region }) => region);

/** Hours in a month as Azure's own calculator counts them. */
const HOURS = 730;

/** How often a unit is charged in a month of running without a break. */
export function unitsPerMonth(unit: string): number {
  if (unit === 'hour') return HOURS;
  return unit === 'day' ? HOURS / 24 : 1;
}
