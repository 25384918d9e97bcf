import { readFileSync } from 'node:fs';
import type { Environment } from '../config/environment';
import type { Host } from '../host';
import type { Check } from './check';
import type { ClusterAccess } from './cluster-access';
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
 */
export async function aim(
  { url, environment }: Aim,
  checks: readonly Check[],
  host: Host,
  options: Options,
): Promise<{ target: Target; close: () => Promise<void> }> {
  const endpoint = {
    url: new URL(url).origin,
    ...(options.resolve !== undefined && { address: options.resolve }),
    ...(options.ca !== undefined && { authorities: readFileSync(options.ca, 'utf8') }),
  };
  const chosen = (id: Check['id']) => checks.some(check => check.id === id);
  const given = options.podUrl.map(pod => new URL(pod).origin);
  const pods =
    environment && given.length === 0 && (chosen('cache.pods') || chosen('metrics.endpoint'))
      ? await forwardPods(accessTo(environment, options), host.env, host.interrupted)
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

function accessTo({ names }: Environment, { kubeconfig, context }: Options): ClusterAccess {
  return kubeconfig === undefined ? { context: context ?? names.cluster } : { kubeconfig };
}

async function address(
  environment: Environment,
  host: Host,
  options: Options,
): Promise<Pick<Expectations, 'address' | 'noAddress'>> {
  if (options.address !== undefined) return { address: options.address };
  return reservedAddress(environment, host.env, host.interrupted);
}

function noPods({ problem }: Partial<PodAccess>): Pick<Target, 'noPods'> {
  return problem ? { noPods: `${problem}; name the URLs of two pods: --pod-url, twice` } : {};
}
