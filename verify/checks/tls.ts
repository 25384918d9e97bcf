import { handshake } from '../certificate';
import type { Check } from '../check';
import { request } from '../request';
import type { Session } from '../session';
import { withoutTls } from '../target';
import { Unexpected } from '../unexpected';
import { Unreachable, unreachable } from '../unreachable';

const DAY = 24 * 60 * 60 * 1000;

/** cert-manager renews when a third of a certificate's life is left; less than this, and it did not. */
const LEAST_LEFT = 1 / 4;

const STAGING =
  "; the environment orders from Let's Encrypt's staging, whose roots are at https://letsencrypt.org/docs/staging-environment: name their file with --ca";

/** Whether nobody between client and gateway can listen in. */
export const tlsChecks: readonly Check[] = [
  {
    id: 'address.trusted',
    title: 'the certificate is valid for the name, and its chain is complete',
    expected: 'a chain that ends at an authority that this machine trusts',
    after: ['address.resolves'],
    inapplicable: withoutTls,
    run: async session => {
      const { problem, certificate, chain, protocol } = await shake(session);
      const { url } = session.target.endpoint;
      if (problem) {
        const { message } = unreachable(url, problem);
        throw new Unexpected(`${message}${session.target.expectations?.stagingCertificate ? STAGING : ''}`);
      }
      return `${protocol}, ${certificate.subjectaltname ?? 'no name'}, ${chain.join(' < ')}`;
    },
  },
  {
    id: 'address.expiry',
    title: 'the certificate is renewed in time',
    expected: 'a quarter of its life left, or more',
    needs: ['address.trusted'],
    inapplicable: withoutTls,
    run: async session => {
      const { certificate } = await shake(session);
      const [from, to] = [certificate.valid_from, certificate.valid_to].map(date => Date.parse(date)) as [
        number,
        number,
      ];
      const left = to - Date.now();
      const found = `valid until ${new Date(to).toISOString()}, ${(left / DAY).toFixed(1)} of ${((to - from) / DAY).toFixed()} days left`;
      if (left / (to - from) < LEAST_LEFT) throw new Unexpected(`${found}: nobody renews it`);
      return found;
    },
  },
  {
    id: 'address.protocol',
    title: 'what is older than TLS 1.2 is refused',
    expected: 'no handshake with TLS 1.0 or 1.1',
    needs: ['address.trusted'],
    inapplicable: withoutTls,
    run: async session => {
      const { target, timeoutSeconds, signal } = session;
      // OpenSSL itself speaks these only on security level 0.
      const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
      const protocol = await handshake(target.endpoint, timeoutSeconds, signal, old).then(
        found => found.protocol,
        error => {
          signal.throwIfAborted();
          if (!(error instanceof Unreachable)) throw error;
        },
      );
      if (protocol) throw new Unexpected(`${protocol} is spoken`);
      return `refused; spoken is ${(await shake(session)).protocol}`;
    },
  },
  {
    id: 'address.redirect',
    title: 'plain HTTP is redirected to HTTPS',
    expected: 'a redirect from port 80 to https://',
    after: ['address.resolves'],
    inapplicable: target =>
      withoutTls(target) ?? (new URL(target.endpoint.url).port ? 'the URL has a port of its own' : undefined),
    run: async session => {
      const { endpoint } = session.target;
      const plain = { ...endpoint, url: endpoint.url.replace('https:', 'http:') };
      const { status, headers, chunks } = await request(plain, { path: '/', ...session });
      await chunks.return(undefined);
      const location = headers.location ?? '';
      if (status < 301 || status > 308) throw new Unexpected(`answered ${status} over plain HTTP`);
      if (!location.startsWith(endpoint.url)) throw new Unexpected(`${status} to ${location || 'nowhere'}`);
      return `${status} to ${location}`;
    },
  },
  {
    id: 'address.hsts',
    title: 'browsers are told to stay with HTTPS',
    expected: 'strict-transport-security with a max-age',
    needs: ['health.liveness'],
    inapplicable: withoutTls,
    run: async ({ stranger }) => {
      const { headers } = await stranger.get('/health/liveliness');
      const header = headers['strict-transport-security'];
      if (!header) throw new Unexpected('no such header');
      if (!(Number(/max-age=(\d+)/.exec(header)?.[1]) > 0)) throw new Unexpected(header);
      return header;
    },
  },
];

function shake({ target, timeoutSeconds, signal }: Session) {
  return handshake(target.endpoint, timeoutSeconds, signal);
}
