import type { NetworkPolicySpec } from 'cdk8s-plus-28/lib/imports/k8s';
import { contains } from '../config/cidr';
import { type Labels, type Selector, selects } from './manifests';

/** A NetworkPolicy as rendered. */
export interface Policy {
  readonly metadata: { readonly namespace: string };
  readonly spec: NetworkPolicySpec;
}

export interface Pod {
  readonly namespace: string;
  readonly labels: Labels;
}

/** One end of a connection: an address or all of a range, and the pod that has it, if one does. */
export interface Endpoint {
  readonly address: string;
  readonly pod?: Pod;
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
export function allows(policies: readonly Policy[], { from, to, ...at }: Connection): boolean {
  return (
    letsSend(policies, from.pod, { to, ...at }) &&
    permits(policiesOf(policies, 'Ingress', to.pod).map(ingressRules), { other: from, ...at })
  );
}

/** Whether the policies let a pod send, whatever its own address is and whoever receives. */
export function letsSend(
  policies: readonly Policy[],
  pod: Pod | undefined,
  { to, ...at }: Omit<Connection, 'from'>,
): boolean {
  return permits(policiesOf(policies, 'Egress', pod).map(egressRules), { other: to, ...at });
}

/** The policies that decide what a pod may send or receive. */
export function policiesOf(
  policies: readonly Policy[],
  direction: 'Egress' | 'Ingress',
  pod: Pod | undefined,
): Policy[] {
  return policies.filter(
    ({ metadata, spec }) =>
      pod?.namespace === metadata.namespace &&
      spec.policyTypes?.includes(direction) &&
      takes(spec.podSelector, pod.labels),
  );
}

/** One end as the policies of the other see it. */
interface Side extends Pick<Connection, 'protocol' | 'port'> {
  readonly other: Endpoint;
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

function egressRules({ spec }: Policy): Rule[] {
  return (spec.egress ?? []).map(({ to, ports }) => ({ peers: to as Peer[], ports }));
}

function ingressRules({ spec }: Policy): Rule[] {
  return (spec.ingress ?? []).map(({ from, ports }) => ({ peers: from as Peer[], ports }));
}

/** Nobody's business, until one policy makes it its own; then one rule of any of them is enough. */
function permits(rulesOfEach: readonly Rule[][], { other, protocol, port }: Side): boolean {
  return (
    rulesOfEach.length === 0 ||
    rulesOfEach
      .flat()
      .some(
        ({ peers, ports }) =>
          (!ports || ports.some(allowed => covers(allowed, protocol, port))) &&
          (!peers || peers.some(peer => includes(peer, other))),
      )
  );
}

function includes({ ipBlock, namespaceSelector, podSelector }: Peer, { address, pod }: Endpoint): boolean {
  if (ipBlock) {
    return within(ipBlock.cidr, address) && !ipBlock.except?.some(cidr => within(cidr, address));
  }
  // Selectors take pods; what has none is no part of any.
  if (!pod) return false;
  // A peer without namespaceSelector means the policy's own namespace; ours always name one.
  if (!namespaceSelector) throw new Error('A NetworkPolicy has a peer without namespaceSelector or ipBlock.');
  return (
    takes(namespaceSelector, { 'kubernetes.io/metadata.name': pod.namespace }) &&
    takes(podSelector, pod.labels)
  );
}

function takes(selector: unknown, labels: Labels): boolean {
  const { matchLabels, ...others } = (selector ?? {}) as Selector;
  const [word] = Object.keys(others);
  if (word) throw new Error(`A NetworkPolicy selects by ${word}, which is not understood here.`);
  return selects({ matchLabels }, labels);
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
  return contains(cidr, address.includes('/') ? address : `${address}/32`);
}
