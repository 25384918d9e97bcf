import { contains } from '../config/cidr';
import { privateEndpointsOf, subnetsOf } from './azure-resources';
import { DATABASE, SERVICES } from './facts/private-services';
import type { Breach, Invariant, Subject } from './invariant';
import { containersOf } from './kubernetes-layer';
import { type Manifest, type Selector, selects, type Workload } from './manifests';
import { refersTo } from './terraform-layer';

interface NetworkPolicy extends Manifest {
  readonly spec: {
    readonly podSelector: Selector;
    readonly policyTypes?: readonly string[];
    readonly egress?: readonly {
      readonly to?: readonly {
        readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
      }[];
      readonly ports?: readonly { readonly port?: number | string; readonly protocol?: string }[];
    }[];
  };
}

/** What a pod calls, its NetworkPolicies let it call. */
function checkEgress(subject: Subject): Breach[] {
  const { kubernetes } = subject;
  const subnets = subnetsOf(subject);
  return privateEndpointsOf(subject).flatMap(({ resource }) => {
    const subnet = subnets.find(({ address }) => refersTo(resource.subnet_id, address));
    const [range = ''] = subnet?.resource.address_prefixes ?? [];
    return resource.private_service_connection.subresource_names.flatMap(subresource => {
      const { port = 0, variables = [] } = SERVICES[subresource] ?? {};
      const callers = subresource === DATABASE ? kubernetes.workloads : [kubernetes.gateway];
      const policies = kubernetes.all<NetworkPolicy>('NetworkPolicy');
      return callers
        .filter(workload => names(workload, variables))
        .map(workload => ({ ...workload, policies: policiesOf(workload, policies) }))
        .filter(workload => !mayReach(workload.policies, range, port))
        .map(({ kind, metadata, policies: own }) => ({
          path: 'network.subnets.privateEndpoints',
          message: `${kind} ${metadata.name} calls ${resource.name} in ${range} on port ${port}, and its NetworkPolicies let it reach ${reachable(own)}; allow egress to ${range} on ${port}`,
        }));
    });
  });
}

function names({ spec }: Workload, variables: readonly string[]): boolean {
  return containersOf(spec.template)
    .flatMap(({ env = [] }) => env)
    .some(({ name }) => variables.includes(name));
}

/** Those that decide whom a workload's pods may call. */
function policiesOf({ metadata, spec }: Workload, policies: readonly NetworkPolicy[]): NetworkPolicy[] {
  return policies.filter(
    policy =>
      policy.metadata.namespace === metadata.namespace &&
      policy.spec.policyTypes?.includes('Egress') &&
      selects(policy.spec.podSelector, spec.template.metadata?.labels),
  );
}

/** Policies add up: one that allows is enough, and without any, everything is allowed. */
function mayReach(policies: readonly NetworkPolicy[], range: string, port: number): boolean {
  const rules = policies.flatMap(({ spec }) => spec.egress ?? []);
  return (
    policies.length === 0 ||
    rules.some(rule => {
      const there = !rule.to || rule.to.some(({ ipBlock }) => ipBlock && covers(ipBlock, range));
      return there && (!rule.ports || rule.ports.some(allowed => allowed.port === port));
    })
  );
}

function covers({ cidr, except = [] }: { cidr: string; except?: readonly string[] }, range: string): boolean {
  return contains(cidr, range) && !except.some(excluded => contains(excluded, range));
}

/** What the policies allow by address, in words. */
function reachable(policies: readonly NetworkPolicy[]): string {
  const allowed = policies
    .flatMap(({ spec }) => spec.egress ?? [])
    .flatMap(({ to = [], ports: open = [] }) =>
      to
        .flatMap(({ ipBlock }) => ipBlock?.cidr ?? [])
        .map(cidr => `${cidr} on ${open.map(it => it.port).join(', ')}`),
    );
  return allowed.join('; ') || 'nothing';
}

export const privateEgress: Invariant[] = [
  { code: 'private-endpoint-egress', severity: 'error', check: checkEgress },
];
