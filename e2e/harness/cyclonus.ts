import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection, Endpoint, Policy } from '../../invariants/reachability';
import { command } from './command';
import { prepareCyclonus } from './go-tool';
import { runFolder } from './project';

/** It draws a table for each answer: this many fit into a pipe's buffer. */
const BATCH = 250;

/** What Cyclonus says of each connection under these policies. */
export function judge(policies: readonly Policy[], connections: readonly Connection[]): boolean[] {
  const folder = join(runFolder, 'cyclonus');
  const [list, traffic] = [join(folder, 'policies.json'), join(folder, 'traffic.json')];
  mkdirSync(folder, { recursive: true });
  const kind = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicyList' };
  writeFileSync(list, JSON.stringify({ ...kind, items: policies }));
  const query = ['analyze', '--mode', 'query-traffic', '--policy-path', list, '--traffic-path', traffic];
  const verdicts: boolean[] = [];
  for (let first = 0; first < connections.length; first += BATCH) {
    writeFileSync(traffic, JSON.stringify(connections.slice(first, first + BATCH).map(asTraffic)));
    const answers = command(prepareCyclonus(), query).matchAll(/\| IS ALLOWED\? \| +(TRUE|FALSE) /g);
    verdicts.push(...[...answers].map(([, answer]) => answer === 'TRUE'));
  }
  return verdicts;
}

function asTraffic({ from, to, port, protocol }: Connection) {
  return {
    Source: asPeer(from),
    Destination: asPeer(to),
    ResolvedPort: port,
    ResolvedPortName: '',
    Protocol: protocol,
  };
}

function asPeer({ address, pod }: Endpoint) {
  return {
    IP: address,
    ...(pod && {
      Internal: {
        Namespace: pod.namespace,
        NamespaceLabels: { 'kubernetes.io/metadata.name': pod.namespace },
        PodLabels: pod.labels,
      },
    }),
  };
}
