import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { text as readText } from 'node:stream/consumers';
import { ports } from '../../config/endpoints';
import type { Certificates } from './certificates';
import { anthropic, type Dialect, openAi } from './dialects';
import { servicesAddress } from './network';

/** A request as it reached a provider. */
export interface Recorded {
  readonly method: string;
  readonly host: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: { readonly model?: string; readonly stream?: boolean } & Record<string, unknown>;
}

/** Handlers by host. */
type Others = Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => Promise<void>>>;

/** What a provider does to some requests in the place of an answer. */
interface Trouble {
  readonly concerns: (request: Recorded) => boolean;
  /** Undefined leaves them without any answer. */
  readonly answer: { readonly status: number; readonly body: object } | undefined;
}

/** Every model provider at once: answers on the hosts' common address and keeps what it was asked. */
export class Upstream {
  readonly requests: Recorded[] = [];
  private readonly troubles: Trouble[] = [];
  private gate: Promise<void> = Promise.resolve();
  private readonly server: Server;

  private constructor(
    { certificate, key }: Certificates,
    private readonly others: Others,
  ) {
    const tls = { cert: readFileSync(certificate), key: readFileSync(key) };
    this.server = createServer(tls, (request, response) => void this.answer(request, response));
  }

  /** @param others answer in its place, on hosts that are no model provider's */
  static async start(certificates: Certificates, others: Others = {}): Promise<Upstream> {
    const upstream = new Upstream(certificates, others);
    await new Promise<void>(resolve => upstream.server.listen(ports.https, servicesAddress, resolve));
    return upstream;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  /** Holds every stream after its first piece, until the returned function is called. */
  holdStreams(): () => void {
    let release = () => {};
    this.gate = new Promise(resolve => {
      release = resolve;
    });
    return release;
  }

  /** From now on, answers some requests with an error, or not at all. */
  fail(concerns: Trouble['concerns'], answer?: Trouble['answer']): void {
    this.troubles.push({ concerns, answer });
  }

  /** The requests whose body contains a text, such as a prompt that only one test sends. */
  mentioning(needle: string): Recorded[] {
    return this.requests.filter(({ body }) => JSON.stringify(body).includes(needle));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const other = this.others[headers.host ?? ''];
    if (other) return other(request, response);
    const body = JSON.parse((await readText(request)) || '{}') as Recorded['body'];
    const recorded = { method, host: headers.host ?? '', path: url, headers, body };
    this.requests.push(recorded);
    const trouble = this.troubles.find(({ concerns }) => concerns(recorded));
    if (trouble) {
      const { answer } = trouble;
      if (!answer) return;
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer.body));
      return;
    }
    const dialect = dialectOf(url);
    const model = body.model ?? 'unknown';
    if (!dialect) {
      response.writeHead(404, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message: `no such path: ${url}` } }));
    } else if (body.stream) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      await this.stream(response, dialect.events(model));
    } else {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(dialect.reply(model)));
    }
  }

  private async stream(response: ServerResponse, events: readonly string[]): Promise<void> {
    const first = events.findIndex(event => event.includes('Hello')) + 1;
    for (const event of events.slice(0, first)) response.write(event);
    await this.gate;
    for (const event of events.slice(first)) response.write(event);
    response.end();
  }
}

function dialectOf(url: string): Dialect | undefined {
  const path = new URL(url, 'https://any').pathname;
  if (path.endsWith('/chat/completions')) return openAi;
  // Providers know nothing else; /v1/v1/messages is the mistake that configurations are checked for.
  return path.endsWith('/v1/messages') && !path.includes('/v1/v1/') ? anthropic : undefined;
}
