import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { ProblemsError } from '../config/problem';

/** Azure's public price list; it needs no key. */
export const RETAIL_PRICES_URL = 'https://prices.azure.com/api/retail/prices';

const VERSION = '2023-01-01-preview';
const TRIES = 4;
const MOST_PAGES = 50;

/** One price, as the API answers it. */
const item = z.object({
  armRegionName: z.string(),
  armSkuName: z.string().nullish(),
  productName: z.string(),
  skuName: z.string(),
  meterName: z.string(),
  retailPrice: z.number(),
  tierMinimumUnits: z.number().default(0),
  unitOfMeasure: z.string(),
  type: z.string(),
  isPrimaryMeterRegion: z.boolean().default(true),
});

const page = z.object({ Items: z.array(item), NextPageLink: z.string().nullish() });

export type RetailPrice = z.output<typeof item>;

export interface RetailPricesProps {
  readonly url: string;
  /** Aborted when the user has had enough. */
  readonly interrupted: AbortSignal;
  /** Milliseconds before the first repetition; each further one waits twice as long. Default 500. */
  readonly pause?: number;
  /** Milliseconds that one answer may take. Default 20 s. */
  readonly timeout?: number;
}

/**
 * Every price that matches, over all pages.
 * @param filter fields of the API and the values that they must have
 * @throws ProblemsError when the API does not answer as it should
 */
export async function retailPrices(
  filter: Readonly<Record<string, string>>,
  props: RetailPricesProps,
): Promise<RetailPrice[]> {
  const first = new URL(props.url);
  // OData writes a quote within a string as two.
  const terms = Object.entries(filter).map(
    ([field, value]) => `${field} eq '${value.replaceAll("'", "''")}'`,
  );
  first.searchParams.set('api-version', VERSION);
  first.searchParams.set('currencyCode', 'USD');
  first.searchParams.set('$filter', terms.join(' and '));
  const items: RetailPrice[] = [];
  let next: URL | undefined = first;
  for (let pages = 0; next; pages++) {
    if (pages === MOST_PAGES) throw refused(next, `has more than ${MOST_PAGES} pages`);
    const answer: z.output<typeof page> = await readPage(next, props);
    items.push(...answer.Items);
    next = answer.NextPageLink ? followed(answer.NextPageLink, first) : undefined;
  }
  return items;
}

/** The next page, of the same server only: an answer does not decide whom else we ask. */
function followed(link: string, first: URL): URL {
  const next = URL.canParse(link, first.href) ? new URL(link, first) : undefined;
  if (next?.origin !== first.origin) throw refused(first, `leads to another server (${link})`);
  return next;
}

async function readPage(url: URL, { interrupted, pause = 500, timeout = 20_000 }: RetailPricesProps) {
  let failure = '';
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if (attempt > 0) await sleep(pause * 2 ** (attempt - 1), undefined, { signal: interrupted });
    try {
      const signal = AbortSignal.any([interrupted, AbortSignal.timeout(timeout)]);
      const response = await fetch(url, { signal, headers: { accept: 'application/json' } });
      if (response.ok) {
        const parsed = page.safeParse(await response.json());
        if (parsed.success) return parsed.data;
        throw refused(url, 'answers in a form that is not that of its version');
      }
      failure = `answers ${response.status}`;
      await response.body?.cancel();
      if (response.status !== 429 && response.status < 500) break;
      const seconds = Number(response.headers.get('retry-after'));
      if (seconds > 0) await sleep(Math.min(seconds, 30) * 1000, undefined, { signal: interrupted });
    } catch (error) {
      interrupted.throwIfAborted();
      if (error instanceof ProblemsError) throw error;
      const { message, cause } = error as Error;
      failure = `cannot be read (${cause instanceof Error ? cause.message : message})`;
    }
  }
  throw refused(url, failure);
}

function refused(url: URL, what: string): ProblemsError {
  return new ProblemsError([
    {
      where: 'Retail Prices API',
      path: url.origin,
      message: `${what}; try again later, or leave out --live and use the table of the project`,
    },
  ]);
}
