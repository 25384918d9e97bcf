import type { Estimate, LineItem, Range } from './estimate';
import type { PriceTable } from './prices';

/** An environment's estimate as a table for a terminal. */
export function renderEstimate(name: string, estimate: Estimate, table: PriceTable): string {
  const { items, total, usage, pods, unknownTypes } = estimate;
  const rows = grouped(items).flatMap(([address, components]) => {
    const [only, ...others] = components;
    if (only && others.length === 0) return [row(`  ${address}`, only)];
    return [`  ${address}`, ...components.map(component => row(`    ${component.label}`, component))];
  });
  const unpriced = items.filter(({ price }) => !price);
  const scale = pods ? `, ${pods.min} to ${pods.max} pods` : '';
  return [
    `${name}  USD per month in ${estimate.region}${scale}: ${money(total.min)} to ${money(total.max)}${unpriced.length > 0 ? ', and what has no price' : ''}`,
    '',
    column('', 'at minimum', 'at maximum'),
    ...rows,
    column('  Total', money(total.min), money(total.max)),
    ...missing(unpriced, unknownTypes),
    '',
    '  By use, not in the total',
    ...usage.map(({ label, price }) =>
      price
        ? `    ${label.padEnd(36)} ${price.price} per ${price.unit}${price.note ? `, ${price.note}` : ''}`
        : `    ${label.padEnd(36)} no price in the table`,
    ),
    '',
    ...sources(estimate, table),
  ].join('\n');
}

/** What the difference of two estimates is, for a reader of a diff. */
export function renderDelta(before: Range | undefined, after: Range | undefined): string {
  const from = before ?? { min: 0, max: 0 };
  const to = after ?? { min: 0, max: 0 };
  const change = { min: to.min - from.min, max: to.max - from.max };
  const same = Math.abs(change.min) < 0.005 && Math.abs(change.max) < 0.005;
  const now = `${money(to.min)} to ${money(to.max)}`;
  return same ? `${now}, as before` : `${now} (${signed(change.min)} to ${signed(change.max)})`;
}

function grouped(items: readonly LineItem[]): [string, LineItem[]][] {
  const addresses = [...new Set(items.map(({ address }) => address))];
  return addresses.map(address => [address, items.filter(item => item.address === address)]);
}

function row(label: string, { monthly, min, max, key }: LineItem): string {
  const count = min === max ? (min === 1 ? '' : ` × ${min}`) : ` × ${min} to ${max}`;
  if (!monthly) return column(`${label}${count}`, 'no price', `(${key})`);
  return column(`${label}${count}`, money(monthly.min), money(monthly.max));
}

/** The longest address, and room for a count. */
const WIDTH = 76;

function column(label: string, min: string, max: string): string {
  return `${label.padEnd(WIDTH)}${min.padStart(10)}${max.padStart(12)}`;
}

function missing(unpriced: readonly LineItem[], types: readonly string[]): string[] {
  return [
    ...(unpriced.length > 0
      ? [
          `  ! ${unpriced.length} without a price in the table, and not in the total: ${[...new Set(unpriced.map(({ key }) => key))].join(', ')}; try --live`,
        ]
      : []),
    ...(types.length > 0
      ? [`  ! not known whether they cost anything: ${types.join(', ')} (cost/components.ts)`]
      : []),
  ];
}

/** Where the figures come from, and which of them are uncertain. */
function sources({ items, usage }: Estimate, table: PriceTable): string[] {
  const used = [...items, ...usage].flatMap(({ price, key }) => (price ? [{ key, ...price }] : []));
  const ids = [...new Set(used.map(({ source }) => source))].sort();
  return [
    `  Prices: list, pay as you go, 730 hours, without taxes and discounts${table.collected ? `; collected ${table.collected}` : ''}`,
    ...ids.map(id => {
      const keys = [...new Set(used.filter(({ source }) => source === id).map(({ key }) => key))];
      return `    ${table.sources[id] ?? id}: ${keys.join(', ')}`;
    }),
  ];
}

function money(amount: number): string {
  return amount.toFixed(2);
}

function signed(amount: number): string {
  return `${amount < 0 ? '-' : '+'}${money(Math.abs(amount))}`;
}
