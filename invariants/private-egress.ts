import { privateEndpointsOf, subnetsOf } from './azure-resources';
import { DATABASE, SERVICES } from './facts/private-services';
import type { Breach, Invariant, Subject } from './invariant';
import { containersOf } from './kubernetes-layer';
import type { Manifest, Workload } from './manifests';
import { letsSend, type Pod, type Policy, policiesOf } from './reachability';
import { refersTo } from './terraform-layer';

/** What a pod calls, its NetworkPolicies let it call. */
function checkEgress(subject: Subject): Breach[] {
  const { kubernetes } = subject;
  const subnets = subnetsOf(subject);
  const policies = kubernetes.all<Manifest & Policy>('NetworkPolicy');
  return privateEndpointsOf(subject).flatMap(({ resource }) => {
    const subnet = subnets.find(({ address }) => refersTo(resource.subnet_id, address));
    const [range = ''] = subnet?.resource.address_prefixes ?? [];
    return resource.private_service_connection.subresource_names.flatMap(subresource => {
      const { port = 0, variables = [] } = SERVICES[subresource] ?? {};
      const callers = subresource === DATABASE ? kubernetes.workloads : [kubernetes.gateway];
      const to = { to: { address: range }, protocol: 'TCP', port } as const;
      return callers
        .filter(workload => names(workload, variables))
        .filter(workload => !letsSend(policies, podOf(workload), to))
        .map(workload => ({
          path: 'network.subnets.privateEndpoints',
          message: `${workload.kind} ${workload.metadata.name} calls ${resource.name} in ${range} on port ${port}, and its NetworkPolicies let it reach ${reachable(policiesOf(policies, 'Egress', podOf(workload)))}; allow egress to ${range} on ${port}`,
        }));
    });
  });
}

function names({ spec }: Workload, variables: readonly string[]): boolean {
  return containersOf(spec.template)
    .flatMap(({ env = [] }) => env)
    .some(({ name }) => variables.includes(name));
}

function podOf({ metadata, spec }: Workload): Pod {
  return { namespace: metadata.namespace ?? '', labels: spec.template.metadata?.labels ?? {} };
}

/** What the policies allow by address, in words. */
function reachable(policies: readonly Policy[]): string {
  const allowed = policies
    .flatMap(({ spec }) => spec.egress ?? [])
    .flatMap(({ to = [], ports = [] }) =>
      to
        .flatMap(({ ipBlock }) => ipBlock?.cidr ?? [])
        .map(cidr => `${cidr} on ${ports.map(({ port }) => port).join(', ')}`),
    );
  return allowed.join('; ') || 'nothing';
}

export const privateEgress: Invariant[] = [
  { code: 'private-endpoint-egress', severity: 'error', check: checkEgress },
];
