import type { NetworkPolicySpec } from 'cdk8s-plus-28/lib/imports/k8s';
import ipaddr from 'ipaddr.js';

/** A NetworkPolicy as rendered. */
export interface Policy {
  readonly metadata: { readonly namespace: string };
  readonly spec: NetworkPolicySpec;
}

type Labels = Readonly<Record<string, string>>;

/** One end of a connection: an address, and the pod that has it, if one does. */
export interface Endpoint {
  readonly address: string;
  readonly pod?: { readonly namespace: string; readonly labels: Labels };
}

export interface Connection {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly protocol: 'TCP' | 'UDP';
  /** Of the pod, not of the Service before it. */
  readonly port: number;
}

/**
 * Whether the policies let a connection through: its source may send it, and its destination may receive it. An address
 * block counts for pods too, because one of AKS's two engines reads it so.
 * @throws Error for a policy with a word that is not understood here
 */
export function allows(policies: readonly Policy[], { from, to, protocol, port }: Connection): boolean {
  const applying = (type: string, { pod }: Endpoint) =>
    policies.filter(
      ({ metadata, spec }) =>
        pod?.namespace === metadata.namespace &&
        spec.policyTypes?.includes(type) &&
        selects(spec.podSelector, pod.labels),
    );
  const matches = (rule: Rule, other: Endpoint) =>
    (!rule.peers || rule.peers.some(peer => includes(peer, other))) &&
    (!rule.ports || rule.ports.some(allowed => covers(allowed, protocol, port)));
  // Nobody's business, until one policy makes it its own; then one rule of any of them is enough.
  const permitted = (found: readonly Policy[], rules: (policy: Policy) => Rule[], other: Endpoint) =>
    found.length === 0 || found.flatMap(rules).some(rule => matches(rule, other));
  return (
    permitted(applying('Egress', from), egressRules, to) &&
    permitted(applying('Ingress', to), ingressRules, from)
  );
}

/** Policies are read as they were rendered, whatever the words are that they use. */
interface Rule {
  readonly peers?: readonly Peer[];
  readonly ports?: readonly { readonly protocol?: string; readonly port?: unknown }[];
}

interface Peer {
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
  readonly namespaceSelector?: Selector;
  readonly podSelector?: Selector;
}

type Selector = Readonly<Record<string, unknown>>;

function egressRules({ spec }: Policy): Rule[] {
  return (spec.egress ?? []).map(({ to, ports }) => ({ peers: to as Peer[], ports }));
}

function ingressRules({ spec }: Policy): Rule[] {
  return (spec.ingress ?? []).map(({ from, ports }) => ({ peers: from as Peer[], ports }));
}

function includes({ ipBlock, namespaceSelector, podSelector }: Peer, { address, pod }: Endpoint): boolean {
  if (ipBlock) {
    return within(ipBlock.cidr, address) && !ipBlock.except?.some(cidr => within(cidr, address));
  }
  // A peer without namespaceSelector means the policy's own namespace; ours always name one.
  if (!namespaceSelector) throw new Error('A NetworkPolicy has a peer without namespaceSelector or ipBlock.');
  return (
    pod !== undefined &&
    selects(namespaceSelector, { 'kubernetes.io/metadata.name': pod.namespace }) &&
    selects(podSelector, pod.labels)
  );
}

function selects(selector: unknown, labels: Labels): boolean {
  const { matchLabels = {}, ...others } = (selector ?? {}) as Selector & { matchLabels?: Labels };
  const [word] = Object.keys(others);
  if (word) throw new Error(`A NetworkPolicy selects by ${word}, which is not understood here.`);
  return Object.entries(matchLabels).every(([name, value]) => labels[name] === value);
}

function covers(allowed: object, protocol: string, port: number): boolean {
  const {
    protocol: name = 'TCP',
    port: number,
    ...others
  } = allowed as { protocol?: string; port?: unknown };
  const [word] = typeof number === 'string' ? [number] : Object.keys(others);
  if (word) throw new Error(`A NetworkPolicy has the port ${word}, which is not understood here.`);
  return name === protocol && (number === undefined || number === port);
}

function within(cidr: string, address: string): boolean {
  return ipaddr.IPv4.parse(address).match(ipaddr.IPv4.parseCIDR(cidr));
}
