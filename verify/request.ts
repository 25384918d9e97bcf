import http from 'node:http';
import https from 'node:https';
import { isIPv6, type LookupFunction } from 'node:net';
import { rootCertificates } from 'node:tls';
import { Unreachable, unreachable } from './unreachable';

/** No answer of a gateway is larger; metrics of a busy one are the largest. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Where a server is and how it is known. */
export interface Endpoint {
  /** Origin: `https://llm.example.com`. */
  readonly url: string;
  /** Connect there, whatever DNS says; the name stays what TLS and the server see. */
  readonly address?: string;
  /** Authorities to trust, as PEM, besides those that Node brings. */
  readonly authorities?: string;
}

export interface Question {
  readonly method?: 'GET' | 'POST';
  /** Begins with a slash. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For the whole exchange. */
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
}

/** An answer whose body is still on its way. */
export interface Response {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  /** The body as it arrives; throws Unreachable when it breaks off. */
  readonly chunks: AsyncGenerator<string>;
}

/**
 * Asks once: no redirect is followed, nothing is tried again. Not fetch, which cannot be told an address.
 * @throws Unreachable, or the signal's reason when it is aborted
 */
export async function request(endpoint: Endpoint, question: Question): Promise<Response> {
  const url = new URL(question.path, endpoint.url);
  const deadline = AbortSignal.timeout(question.timeoutSeconds * 1000);
  const signal = AbortSignal.any([question.signal, deadline]);
  const translate = (otherwise: () => Unreachable) => {
    if (question.signal.aborted) return question.signal.reason;
    return deadline.aborted
      ? new Unreachable(`${url.href}: no complete answer within ${question.timeoutSeconds} s`)
      : otherwise();
  };
  const { request: open } = url.protocol === 'https:' ? https : http;
  const incoming = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const { method = 'GET', headers, body } = question;
    const outgoing = open(url, {
      method,
      headers: { ...headers, 'user-agent': 'litellm-aks-verify' },
      signal,
      // A connection of its own for each question: a load balancer picks a pod for each.
      agent: false,
      // Whatever NODE_TLS_REJECT_UNAUTHORIZED says: the master key goes to nobody else.
      rejectUnauthorized: true,
      ca: endpoint.authorities && withAuthorities(endpoint.authorities),
      lookup: endpoint.address === undefined ? undefined : always(endpoint.address),
    });
    outgoing.once('response', resolve);
    outgoing.once('error', error => reject(translate(() => unreachable(url.href, error))));
    outgoing.end(body);
  });
  return {
    status: incoming.statusCode ?? 0,
    headers: incoming.headers,
    chunks: read(incoming, url, () =>
      translate(() => new Unreachable(`${url.href}: the connection broke off in the middle of the answer`)),
    ),
  };
}

async function* read(
  incoming: http.IncomingMessage,
  url: URL,
  translate: () => unknown,
): AsyncGenerator<string> {
  let bytes = 0;
  try {
    for await (const chunk of incoming.setEncoding('utf8')) {
      bytes += Buffer.byteLength(chunk);
      if (bytes > MAX_BYTES) break;
      yield chunk;
    }
  } catch {
    throw translate();
  }
  if (bytes > MAX_BYTES)
    throw new Unreachable(`${url.href}: the answer does not end (${MAX_BYTES} bytes so far)`);
}

/** A lookup that knows one address. */
export function always(address: string): LookupFunction {
  const family = isIPv6(address) ? 6 : 4;
  return (_, options, callback) =>
    options.all ? callback(null, [{ address, family }]) : callback(null, address, family);
}

/** Naming an authority replaces the ones that Node brings, unless they are named too. */
export function withAuthorities(pem: string): string[] {
  return [...rootCertificates, pem];
}
