import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request as plainRequest } from 'node:http';
import { type RequestOptions as TlsOptions, request as tlsRequest } from 'node:https';
import { text } from 'node:stream/consumers';

/** Where an ingress listens on this machine. */
export interface WayIn {
  readonly host: string;
  readonly http: number;
  readonly https: number;
  /** File of the authority that its certificate is of. */
  readonly ca: string;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

interface RawRequest {
  readonly scheme?: 'http' | 'https';
  readonly body?: Buffer;
  readonly headers?: Record<string, string>;
}

/** Sends a path exactly as it is given, which `fetch` would tidy up first. */
export async function send(way: WayIn, path: string, more: RawRequest = {}): Promise<RawAnswer> {
  const response = await open(way, path, more);
  return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) };
}

/** The pieces of an answer as they arrive. */
export async function* pieces(way: WayIn, path: string): AsyncGenerator<string> {
  for await (const piece of await open(way, path, {})) yield String(piece);
}

/** What comes back over a WebSocket that is asked for, or the status with which it is refused. */
export async function echo(way: WayIn, path: string, said: string): Promise<string | number> {
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': randomBytes(16).toString('base64'),
  };
  return new Promise((resolve, reject) => {
    const request = tlsRequest(optionsOf(way, path, { headers }));
    request.on('error', reject).on('response', ({ statusCode = 0 }) => resolve(statusCode));
    request.on('upgrade', (_response, socket) => {
      socket.once('data', answer => {
        socket.destroy();
        resolve(String(answer));
      });
      socket.write(said);
    });
    request.end();
  });
}

function optionsOf(way: WayIn, path: string, { scheme = 'https', body, headers }: RawRequest): TlsOptions {
  return {
    host: '127.0.0.1',
    port: way[scheme],
    path,
    method: body ? 'POST' : 'GET',
    headers: { host: way.host, ...headers },
    agent: false,
    ...(scheme === 'https' && { servername: way.host, ca: readFileSync(way.ca) }),
  };
}

function open(way: WayIn, path: string, more: RawRequest): Promise<import('node:http').IncomingMessage> {
  const options = optionsOf(way, path, more);
  return new Promise((resolve, reject) => {
    const request = more.scheme === 'http' ? plainRequest(options, resolve) : tlsRequest(options, resolve);
    // A request that is refused before its body is read ends in either way.
    request.on('error', reject);
    request.end(more.body);
  });
}
