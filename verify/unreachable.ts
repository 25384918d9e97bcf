/** Nothing sensible came back from an address. The message says what happened and where to look, in one line. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

const UNTRUSTED = 'its certificate comes from an authority that this machine does not trust';
const INCOMPLETE = `an intermediate certificate is missing, or ${UNTRUSTED}`;

/** What Node reports, and what it means to the person who waits. */
const meanings: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name has no address; create the DNS record, or name the address with --resolve',
  EAI_AGAIN: 'its name could not be resolved: no DNS server answered',
  ECONNREFUSED: 'the connection was refused: nothing listens there',
  ECONNRESET: 'the connection was closed before an answer came',
  EPIPE: 'the connection was closed before an answer came',
  ETIMEDOUT: 'no connection was made: a firewall drops it, or the address is wrong',
  EHOSTUNREACH: 'there is no route to it',
  ENETUNREACH: 'there is no route to it',
  EPROTO: 'it does not speak TLS there; is it an http:// address?',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS there; is it an http:// address?',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not speak TLS there; is it an http:// address?',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: INCOMPLETE,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: INCOMPLETE,
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  HPE_INVALID_CONSTANT: 'what answers there does not speak HTTP',
};

/** Puts an error of Node's network modules into words. */
export function unreachable(url: string, error: unknown): Unreachable {
  const { code = '', message } = firstCause(error);
  const meaning = meanings[code] ?? (message.replace(/\s+/g, ' ').trim() || code);
  // Which names a certificate has is the one thing that Node's own text adds.
  const names = /DNS:[^.]\S*(, DNS:\S+)*/.exec(code === 'ERR_TLS_CERT_ALTNAME_INVALID' ? message : '')?.[0];
  return new Unreachable(`${url}: ${meaning}${names ? ` (${names})` : ''}${code ? ` [${code}]` : ''}`);
}

/** A host with several addresses fails with one error for each. */
function firstCause(error: unknown): { code?: string; message: string } {
  if (error instanceof AggregateError && error.errors.length > 0) return firstCause(error.errors[0]);
  return error as NodeJS.ErrnoException;
}
