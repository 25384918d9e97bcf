import {
  IntOrString,
  type NetworkPolicyEgressRule,
  type NetworkPolicyIngressRule,
  type NetworkPolicyPeer,
  type NetworkPolicyPort,
} from 'cdk8s-plus-28/lib/imports/k8s';
import { contains } from '../config/cidr';
import { ports } from '../config/endpoints';
import type { Environment } from '../config/environment';

/** Addresses that are never a model provider: private ranges, shared address space, link-local (node metadata too). */
const NOT_PUBLIC = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  // Azure's own server on every node: DNS, but also the credentials of extensions. It looks public and is not.
  '168.63.129.16/32',
];

/** AKS LocalDNS, the resolver of pods on nodes that have it. */
const LOCAL_DNS = '169.254.10.10/31';

/** Names, by the cluster's DNS. */
export const toDns: NetworkPolicyEgressRule = {
  to: [
    {
      ...namespaceNamed('kube-system'),
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
    { ipBlock: { cidr: LOCAL_DNS } },
  ],
  ports: [{ protocol: 'UDP', port: IntOrString.fromNumber(53) }, tcp(53)],
};

/** TLS in the internet: model providers, tool servers, Entra. A NetworkPolicy knows no names. */
export function toInternet({ network }: Pick<Environment, 'network'>): NetworkPolicyEgressRule {
  const own = [network.addressSpace, network.podCidr, network.serviceCidr];
  const except = [
    ...NOT_PUBLIC,
    ...own.filter(range => !NOT_PUBLIC.some(reserved => contains(reserved, range))),
  ];
  return { to: [{ ipBlock: { cidr: '0.0.0.0/0', except } }], ports: [tcp(ports.https)] };
}

/** Services behind private endpoints, by their ports. */
export function toPrivateEndpoints(
  { network }: Pick<Environment, 'network'>,
  services: readonly number[],
): NetworkPolicyEgressRule {
  return { to: [{ ipBlock: { cidr: network.subnets.privateEndpoints } }], ports: services.map(tcp) };
}

/** Every pod of a namespace may call this port. */
export function fromNamespace(name: string, port: number): NetworkPolicyIngressRule {
  return { from: [namespaceNamed(name)], ports: [tcp(port)] };
}

function namespaceNamed(name: string): NetworkPolicyPeer {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } };
}

function tcp(port: number): NetworkPolicyPort {
  return { protocol: 'TCP', port: IntOrString.fromNumber(port) };
}
