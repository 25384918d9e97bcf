import { once } from 'node:events';
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import type { SecureContextOptions } from 'node:tls';
import { ownConnection } from './own-connection';

/** What a client asks. */
export interface Question {
  readonly method: string;
  path: string;
  authorization: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: bodies of an API that this project does not own
  body: any;
}

/** What it is answered. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/** What goes wrong between client and gateway. Everything else stays as the gateway made it. */
export interface Mischief {
  /** Changes the question on its way, answers it, or hangs up. */
  readonly ask?: (question: Question) => Reply | 'hang up' | undefined;
  /** Changes the answer on its way back. */
  readonly reply?: (question: Question, reply: Reply) => void;
}

/** The address at which clients find it: nothing of the cluster's is on the loopback interface. */
export const frontAddress = '127.0.0.1';

/** What stands in for the ingress controller: TLS, a redirect, HSTS, and the gateway behind them. */
export class Front {
  mischief: Mischief = {};
  private readonly servers: Server[] = [];

  /** @param backend URL of a pod */
  constructor(private readonly backend: string) {}

  /** @param redirects whether plain HTTP is redirected, or answered */
  async start(tls: SecureContextOptions, { redirects = true } = {}): Promise<void> {
    const secure = createHttpsServer(tls, (request, response) => this.serve(request, response));
    const plain = createHttpServer((request, response) => {
      const location = `https://${request.headers.host}${request.url}`;
      response.writeHead(redirects ? 301 : 200, redirects ? { location } : {}).end();
    });
    for (const [server, port] of [
      [secure, 443],
      [plain, 80],
    ] as const) {
      server.listen(port, frontAddress);
      await once(server, 'listening');
      this.servers.push(server);
    }
  }

  /** Without TLS, as a pod answers. */
  async startPlain(): Promise<string> {
    const server = createHttpServer((request, response) => this.serve(request, response));
    server.listen(0, frontAddress);
    await once(server, 'listening');
    this.servers.push(server);
    return `http://${frontAddress}:${(server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const server of this.servers.splice(0)) {
      server.closeAllConnections();
      await once(server.close(), 'close');
    }
  }

  private serve(request: IncomingMessage, response: ServerResponse): void {
    this.pass(request, response).catch(() => response.destroy());
  }

  private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const question = {
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      authorization: request.headers.authorization,
      body: parse(await readText(request)),
    };
    const own = this.mischief.ask?.(question);
    if (own === 'hang up') return void request.socket.destroy();
    if (own) return send(response, own);
    const { method, path, authorization, body } = question;
    const answer = await fetch(this.backend + path, {
      method,
      redirect: 'manual',
      headers: {
        ...ownConnection,
        'content-type': 'application/json',
        ...(authorization && { authorization }),
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const headers = {
      ...Object.fromEntries(answer.headers),
      'strict-transport-security': 'max-age=31536000',
    };
    if (body?.stream && !this.mischief.reply) {
      response.writeHead(answer.status, withoutLength(headers));
      for await (const chunk of answer.body ?? []) response.write(chunk);
      return void response.end();
    }
    const reply = { status: answer.status, headers, text: await answer.text() };
    this.mischief.reply?.(question, reply);
    send(response, reply);
  }
}

/** An answer in JSON. */
export function json(status: number, content: unknown): Reply {
  return { status, headers: { 'content-type': 'application/json' }, text: JSON.stringify(content) };
}

function send(response: ServerResponse, { status, headers, text }: Reply): void {
  response.writeHead(status, withoutLength(headers)).end(text);
}

/** Node says itself how long a body is, and fetch has unpacked it. */
function withoutLength(headers: Readonly<Record<string, string>>): Record<string, string> {
  const { 'content-length': _, 'content-encoding': __, 'transfer-encoding': ___, ...rest } = headers;
  return rest;
}

/** What is no JSON is passed on as it is. */
function parse(body: string): Question['body'] {
  if (!body) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
