import { isIP } from 'node:net';
import { type ConnectionOptions, connect, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import { always, type Endpoint, withAuthorities } from './request';
import { unreachable } from './unreachable';

/** No chain is longer; a crooked one may go round in circles. */
const LONGEST_CHAIN = 10;

/** What a server shows before it is asked anything. */
interface Handshake {
  readonly protocol: string;
  readonly certificate: DetailedPeerCertificate;
  /** Subjects from the server's own certificate up. */
  readonly chain: readonly string[];
  /** Why this machine does not trust it. */
  readonly problem?: Error;
}

/**
 * Shakes hands, whatever certificate is shown.
 * @throws Unreachable when there is no TLS to be had
 */
export function handshake(
  endpoint: Endpoint,
  timeoutSeconds: number,
  signal: AbortSignal,
  options: ConnectionOptions = {},
): Promise<Handshake> {
  const { hostname, port } = new URL(endpoint.url);
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(timeoutSeconds * 1000)]);
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: hostname,
      port: Number(port || 443),
      servername: isIP(hostname) ? undefined : hostname,
      rejectUnauthorized: false,
      ca: endpoint.authorities && withAuthorities(endpoint.authorities),
      lookup: endpoint.address === undefined ? undefined : always(endpoint.address),
      ...options,
    });
    const fail = (error: unknown) => {
      socket.destroy();
      reject(signal.aborted ? signal.reason : unreachable(endpoint.url, error));
    };
    const late = () => fail(new Error(`no TLS handshake within ${timeoutSeconds} s`));
    deadline.addEventListener('abort', late, { once: true });
    socket.once('error', fail);
    socket.once('secureConnect', () => {
      deadline.removeEventListener('abort', late);
      resolve(describe(socket));
      socket.destroy();
    });
  });
}

function describe(socket: TLSSocket): Handshake {
  const certificate = socket.getPeerCertificate(true);
  const chain: string[] = [];
  // A root names itself as its issuer.
  for (let next = certificate; next?.subject && chain.length < LONGEST_CHAIN; next = next.issuerCertificate) {
    chain.push(commonName(next.subject));
    if (next.issuerCertificate === next) break;
  }
  // Node's types say Error; what it sets is the code alone, unless the name is the problem.
  const problem: unknown = socket.authorizationError;
  return {
    protocol: socket.getProtocol() ?? 'none',
    certificate,
    chain,
    ...(problem ? { problem: problem instanceof Error ? problem : withCode(String(problem)) } : {}),
  };
}

function withCode(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** A name may be there more than once, or not at all. */
function commonName(subject: DetailedPeerCertificate['subject']): string {
  return [subject.CN, subject.O].flat().filter(Boolean)[0] ?? '(without a name)';
}
