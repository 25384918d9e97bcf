import type { Environment } from '../config/environment';
import type { Endpoint } from './request';

/** A gateway, and what is known of it beforehand. */
export interface Target {
  readonly endpoint: Endpoint;
  /** URLs of single pods, behind the load balancer's back. */
  readonly pods: readonly string[];
  /** Why there are no such URLs. */
  readonly noPods?: string;
  /** The model to ask; one that answers when none is named. */
  readonly model?: string;
  /** DNS servers to ask, with or without port; the machine's own when there are none. */
  readonly dnsServers: readonly string[];
  /** Absent for a gateway that no environment describes. */
  readonly expectations?: Expectations;
}

/** What an environment file says about its gateway. */
export interface Expectations {
  readonly environment: string;
  readonly models: readonly string[];
  /** Of LiteLLM; undefined when the image's tag does not say. */
  readonly version: string | undefined;
  /** Seconds between two writes of spend. */
  readonly batchWriteSeconds: number;
  readonly metrics: boolean;
  /** Metrics without a key. */
  readonly openMetrics: boolean;
  /** LiteLLM's own switch. */
  readonly userInterface: boolean;
  /** LiteLLM's own switch of `/openapi.json`. */
  readonly apiDescription: boolean;
  /** What the ingress lets through besides the API. */
  readonly exposes: Environment['ingress']['expose'];
  /** The certificate is one that only tests trust. */
  readonly stagingCertificate: boolean;
  /** Public address of the ingress. */
  readonly address?: string;
  /** Why the address is not known. */
  readonly noAddress?: string;
}

export function expectationsOf(environment: Environment): Expectations {
  const { name, models, gateway, extensions, ingress } = environment;
  const passed = gateway.settings.litellm_settings as Record<string, unknown> | undefined;
  return {
    environment: name,
    models: models.map(model => model.name),
    version: /^v?(\d+\.\d+\.\d+)/.exec(gateway.image.tag)?.[1],
    batchWriteSeconds: gateway.database.batchWriteSeconds,
    metrics: extensions.callbacks.includes('prometheus'),
    openMetrics: passed?.require_auth_for_metrics_endpoint === false,
    userInterface: gateway.env.DISABLE_ADMIN_UI?.toLowerCase() !== 'true',
    apiDescription: gateway.env.NO_OPENAPI?.toLowerCase() !== 'true',
    exposes: ingress.expose,
    stagingCertificate: ingress.acme.server === 'staging',
  };
}

/** Why a check cannot run that compares with an environment file. */
export function withoutEnvironment({ expectations }: Target): string | undefined {
  return expectations ? undefined : 'no environment was named, so nobody knows what to expect';
}

/** Why a check of TLS or DNS cannot run. */
export function withoutTls({ endpoint }: Target): string | undefined {
  return endpoint.url.startsWith('https:') ? undefined : `${endpoint.url} is plain HTTP`;
}
