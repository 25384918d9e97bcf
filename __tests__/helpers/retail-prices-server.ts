import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import recorded from '../fixtures/retail-prices.json';

export interface PriceServer {
  readonly url: string;
  /** Every filter that was asked for, first pages only. */
  readonly filters: string[];
  /** Answers the next requests in another way than with prices. */
  answer(...ways: ((request: IncomingMessage, response: ServerResponse) => void)[]): void;
  close(): Promise<void>;
}

/** As many as there are on a page; Azure has 1000. */
const PAGE = 2;

/**
 * Azure's Retail Prices API on this machine: its fields, filters and pages. Most items are as they were recorded for
 * Australia East; the VMs', the load balancer's and the alerts' are made up, to have neighbours and a choice among them.
 */
export async function priceServer(): Promise<PriceServer> {
  const filters: string[] = [];
  const ways: ((request: IncomingMessage, response: ServerResponse) => void)[] = [];
  const server = createServer((request, response) => {
    const way = ways.shift();
    if (way) return way(request, response);
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    const filter = url.searchParams.get('$filter') ?? '';
    const skip = Number(url.searchParams.get('$skip') ?? 0);
    if (skip === 0) filters.push(filter);
    if (url.searchParams.get('api-version') !== '2023-01-01-preview') return response.writeHead(400).end();
    const terms = [...filter.matchAll(/(\w+) eq '((?:[^']|'')*)'/g)].map(([, field = '', value = '']) => [
      field === 'priceType' ? 'type' : field,
      value.replaceAll("''", "'"),
    ]);
    const found = recorded.filter(item =>
      terms.every(([field = '', value]) => (item as Record<string, unknown>)[field] === value),
    );
    url.searchParams.set('$skip', String(skip + PAGE));
    const { port } = server.address() as AddressInfo;
    const next = skip + PAGE < found.length ? `http://127.0.0.1:${port}${url.pathname}${url.search}` : null;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ Items: found.slice(skip, skip + PAGE), NextPageLink: next, Count: PAGE }));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/retail/prices`,
    filters,
    answer: (...given) => ways.push(...given),
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
