import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import type { Environment } from '../config/environment';
import type { Host } from '../host';
import { CannotRun } from './cannot-run';
import type { Check } from './check';
import type { Options } from './options';
import { forwardPods, type PodAccess } from './pods';
import { reservedAddress } from './reserved-address';
import { type Expectations, expectationsOf, type Target } from './target';

/** The gateway that was named. */
export interface Aim {
  readonly url: string;
  /** The environment that describes it. */
  readonly environment?: Environment;
}

/**
 * Everything that is to be known about a gateway before it is asked; close it when it was.
 * @throws CannotRun for options that make no sense
 */
export async function aim(
  { url, environment }: Aim,
  checks: readonly Check[],
  host: Host,
  options: Options,
): Promise<{ target: Target; close: () => Promise<void> }> {
  const endpoint = {
    url: origin(url, '--url'),
    ...(options.resolve !== undefined && { address: ip(options.resolve, '--resolve') }),
    ...(options.ca !== undefined && { authorities: readCertificates(options.ca) }),
  };
  const chosen = (id: Check['id']) => checks.some(check => check.id === id);
  const given = options.podUrl.map(pod => origin(pod, '--pod-url'));
  const pods =
    environment && given.length === 0 && (chosen('cache.pods') || chosen('metrics.endpoint'))
      ? await forwardPods(options.context ?? environment.names.cluster, host.env, host.interrupted)
      : { urls: given, close: async () => {} };
  const looksUp = environment && chosen('address.expected') && !options.resolve;
  return {
    target: {
      endpoint,
      pods: pods.urls,
      ...noPods(pods),
      ...(options.model !== undefined && { model: options.model }),
      dnsServers: options.dnsServer,
      ...(environment && {
        expectations: {
          ...expectationsOf(environment),
          ...(looksUp && (await address(environment, host, options))),
        },
      }),
    },
    close: pods.close,
  };
}

async function address(
  environment: Environment,
  host: Host,
  options: Options,
): Promise<Pick<Expectations, 'address' | 'noAddress'>> {
  if (options.address !== undefined) return { address: ip(options.address, '--address') };
  return reservedAddress(environment, host.env, host.interrupted);
}

function noPods({ problem }: Partial<PodAccess>): Pick<Target, 'noPods'> {
  return problem ? { noPods: `${problem}; name the URLs of two pods: --pod-url, twice` } : {};
}

/** Scheme, host and port. A key in a URL would be on the command line. */
function origin(given: string, option: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new CannotRun(`${option} takes a URL such as https://llm.example.com`);
  }
  if (url.username || url.password) throw new CannotRun(`${option} takes no user and no password`);
  if (url.pathname !== '/' || url.search || url.hash) {
    throw new CannotRun(`${option} takes the gateway's own URL, without path and query: ${url.origin}`);
  }
  return url.origin;
}

function ip(given: string, option: string): string {
  if (isIP(given) === 0) throw new CannotRun(`${option} takes an IP address, not "${given}"`);
  return given;
}

function readCertificates(file: string): string {
  try {
    const pem = readFileSync(file, 'utf8');
    if (pem.includes('-----BEGIN CERTIFICATE-----')) return pem;
  } catch (error) {
    throw new CannotRun(`--ca ${file}: ${(error as Error).message}`);
  }
  throw new CannotRun(`--ca ${file}: holds no certificate in PEM form`);
}
