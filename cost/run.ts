import { oneOf, optionProblem } from '../config/option-problem';
import { type Problem, ProblemsError } from '../config/problem';
import type { Host } from '../host';
import { type EnvironmentSide, outputFiles, readSide } from '../output/side';
import type { Synthesis } from '../synth/synthesize';
import { type Estimate, estimate, regionOf } from './estimate';
import { refresh } from './live';
import { type PriceTable, priceTable, REGIONS } from './prices';
import { RETAIL_PRICES_URL } from './retail-prices';
import { renderEstimate } from './text';

/** As the command line gives them. */
export interface CostOptions {
  readonly live?: boolean;
  readonly pricesUrl?: string;
  readonly format: string;
}

/** What is wrong with the options' values. */
export function optionProblems({ pricesUrl, format }: CostOptions): Problem[] {
  return [
    ...optionProblem('--prices-url', pricesUrl, urlProblem),
    ...optionProblem('--format', format, oneOf(['text', 'json'])),
  ];
}

/**
 * Estimates environments and says what they cost.
 * @throws ProblemsError once it has said what it knows, with the environments whose region has no table of prices
 */
export async function estimateAll(
  syntheses: readonly Synthesis[],
  { live = false, pricesUrl = RETAIL_PRICES_URL, format }: CostOptions,
  host: Host,
  today: Date,
): Promise<void> {
  const problems: Problem[] = [];
  const estimates: { name: string; estimate: Estimate; table: PriceTable }[] = [];
  for (const synthesis of syntheses) {
    const { name } = synthesis.environment;
    const side = readSide(outputFiles([synthesis]), name).get(name);
    if (!side) continue;
    const region = regionOf(side);
    if (!live && !REGIONS.includes(region)) {
      problems.push(noTable(name, region));
      continue;
    }
    const table = live ? await liveTable(side, pricesUrl, host, today) : priceTable(region);
    estimates.push({ name, estimate: estimate(side, table), table });
  }
  if (format === 'json') {
    host.out(JSON.stringify({ version: 1, currency: 'USD', environments: estimates }, null, 2));
  } else if (estimates.length > 0) {
    host.out(
      estimates.map(({ name, estimate: found, table }) => renderEstimate(name, found, table)).join('\n\n'),
    );
  }
  if (problems.length > 0) throw new ProblemsError(problems);
}

function noTable(name: string, region: string): Problem {
  return {
    where: `environments/${name}.ts`,
    path: 'location',
    given: JSON.stringify(region),
    message: `has no table of prices; the project has ${REGIONS.join(', ')}. Ask Azure instead: --live`,
  };
}

async function liveTable(side: EnvironmentSide, url: string, host: Host, today: Date): Promise<PriceTable> {
  const table = priceTable(regionOf(side));
  const { items, usage } = estimate(side, table);
  const keys = [...items, ...usage].map(({ key }) => key);
  const { interrupted } = host;
  const refreshed = await refresh(table, keys, today.toISOString().slice(0, 10), { url, interrupted });
  if (refreshed.kept.length > 0) {
    host.err(
      `Note: the API names no one price of ${refreshed.kept.join(', ')}; these are the table's, if it has them`,
    );
  }
  return refreshed.table;
}

/** Prices decide about money: they come over TLS, or from this machine. */
function urlProblem(given: string): string | undefined {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const isLocal = url !== undefined && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal)) return undefined;
  return 'is no address of an API; use https://…';
}
