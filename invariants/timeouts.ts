import { mostModels } from '../config/deadlines';
import { type Breach, type Invariant, type Subject, unless } from './invariant';
import type { KubernetesLayer } from './kubernetes-layer';
import type { Container, Manifest } from './manifests';

/** Where the one number comes from. */
const TIMEOUT = 'gateway.requestTimeoutSeconds';

/** The kubelet kills what is not done by then: the wait before SIGTERM, then the longest request. */
function checkGracePeriod(subject: Subject): Breach[] {
  const { kubernetes } = subject;
  const { request, sum } = longestRequest(subject);
  const { containers, terminationGracePeriodSeconds: grace = 30 } = kubernetes.gateway.spec.template.spec;
  const preStop = Math.max(...containers.map(preStopSeconds));
  return unless(
    grace > request + preStop,
    TIMEOUT,
    `gives a request ${request} s${sum}, but the pod is killed ${grace} s after its end began, ${preStop} of which it waits before SIGTERM: requests on their way are cut off; the grace period must be longer than ${request} + ${preStop} s`,
  );
}

/** The seconds that a preStop hook sleeps, as a command or by itself. */
function preStopSeconds({ lifecycle }: Container): number {
  const hook = JSON.stringify(lifecycle?.preStop ?? {});
  return Number(/\bsleep (\d+)|"seconds":(\d+)/.exec(hook)?.slice(1).find(Boolean) ?? 0);
}

/** A proxy that gives up first answers 504 to a request that is still worked on, and still paid for. */
function checkIngress(subject: Subject): Breach[] {
  const { kubernetes } = subject;
  const { request, sum } = longestRequest(subject);
  const given = [
    ...kubernetes.all<Ingress>('Ingress').flatMap(ingressTimeouts),
    ...kubernetes.all<HttpRoute>('HTTPRoute').flatMap(routeTimeouts),
  ];
  return given
    .filter(({ value }) => seconds(value) < request)
    .map(({ who, name, value }) => ({
      path: TIMEOUT,
      message: `gives a request ${request} s${sum}, but ${who} gives up after ${seconds(value)} (${name}: ${value}); raise it to ${request}s or lower the timeout`,
    }));
}

interface Ingress extends Manifest {
  readonly spec: {
    readonly rules?: readonly { readonly http?: { readonly paths: readonly { readonly path?: string }[] } }[];
  };
}

/** The annotations of NGINX (F5's and the community's), HAProxy and Traefik that end a request which takes long. */
const RESPONSE_TIMEOUT = /\/(proxy-(read|send)-timeout|timeout-(server|client|tunnel)|.*response-?timeout)$/i;

function ingressTimeouts(ingress: Ingress) {
  const { name: who, annotations } = ingress.metadata;
  return Object.entries({ ...nginxDefaults(ingress), ...annotations })
    .filter(([name]) => RESPONSE_TIMEOUT.test(name))
    .map(([name, value]) => ({ who: `Ingress ${who}`, name, value }));
}

const NGINX = ['nginx.org', 'nginx.ingress.kubernetes.io'];

/** NGINX waits for a minute where it is told nothing. What counts is the Ingress that forwards everything. */
function nginxDefaults({ metadata: { annotations = {} }, spec }: Ingress): Record<string, string> {
  const paths = (spec.rules ?? []).flatMap(({ http }) => http?.paths ?? []);
  const family = NGINX.find(prefix => Object.keys(annotations).some(name => name.startsWith(`${prefix}/`)));
  if (!family || !paths.some(({ path }) => path === '/')) return {};
  return { [`${family}/proxy-read-timeout`]: '60s', [`${family}/proxy-send-timeout`]: '60s' };
}

/** A route of the Gateway API; a timeout of 0s is none. */
interface HttpRoute extends Manifest {
  readonly spec: { readonly rules?: readonly { readonly timeouts?: Readonly<Record<string, string>> }[] };
}

function routeTimeouts({ metadata, spec }: HttpRoute) {
  const timeouts = (spec.rules ?? []).flatMap(rule => Object.entries(rule.timeouts ?? {}));
  return timeouts.map(([name, value]) => ({
    who: `HTTPRoute ${metadata.name}`,
    name: `timeouts.${name}`,
    value,
  }));
}

/** `600s`, `10m`, `1h30m` or a bare number of seconds; no limit for 0. */
function seconds(value: string): number {
  const parts = [...value.matchAll(/(\d+)(ms|s|m|h)?/g)];
  const sum = parts.reduce((total, [, amount, unit = 's']) => total + Number(amount) * (UNITS[unit] ?? 1), 0);
  return sum || Number.POSITIVE_INFINITY;
}

const UNITS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 };

/** LiteLLM's own limits: one for all requests, and the router's, which a pass-through setting may carry. */
function checkLitellm({ environment, kubernetes }: Subject): Breach[] {
  const given = environment.gateway.requestTimeoutSeconds;
  const own = requestTimeout(kubernetes);
  const router = kubernetes.settings('router_settings');
  const longer = ['timeout', 'stream_timeout'].filter(name => (router[name] ?? 0) > given);
  return [
    ...unless(own === given, TIMEOUT, `is ${given} s, but config.yaml says ${own}; both must be the same`),
    ...longer.map(name => ({
      path: `gateway.settings.router_settings.${name}`,
      message: `is longer than ${TIMEOUT}, ${given} s, after which everything on the way gives up; lower it, or raise that`,
    })),
  ];
}

/** LiteLLM gives up on a model after its timeout, asks it again as often as it is told to, and then each fallback. */
function longestRequest({ environment, kubernetes }: Subject): { request: number; sum: string } {
  const each = requestTimeout(kubernetes);
  const models = mostModels(environment.catalogue);
  const tries = 1 + timeoutRetries(kubernetes);
  const request = each * models * tries;
  return { request, sum: request === each ? '' : ` (${models} models × ${tries} tries × ${each} s)` };
}

/** The most that any policy says, of all models or of one; where none does, a timeout counts as any failure. */
function timeoutRetries(kubernetes: KubernetesLayer): number {
  const said = [...kubernetes.configText.matchAll(/\bTimeoutErrorRetries: "?(\d+)/g)].map(([, n]) =>
    Number(n),
  );
  return said.length > 0 ? Math.max(...said) : (kubernetes.settings('router_settings').num_retries ?? 2);
}

/** LiteLLM's own, without which it waits for 6000 s. */
function requestTimeout(kubernetes: KubernetesLayer): number {
  return kubernetes.settings('litellm_settings').request_timeout ?? 6000;
}

export const timeouts: Invariant[] = [
  { code: 'timeout-grace-period', severity: 'error', check: checkGracePeriod },
  { code: 'timeout-ingress', severity: 'error', check: checkIngress },
  { code: 'timeout-litellm', severity: 'error', check: checkLitellm },
];
