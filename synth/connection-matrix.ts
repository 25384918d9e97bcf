import type { Environment } from '../config/environment';
import { allows, type Policy } from '../invariants/reachability';
import { type NamedConnection, neededConnections, unneededConnections } from './connections';

const PUBLIC_API_SERVER = [
  "The API server has a public address, which no policy can tell from a provider's. The pods have no token for it.",
  '',
];

/** What the rendered NetworkPolicies let through and what they do not, for whoever reviews a change of them. */
export function connectionMatrix(environment: Environment, policies: readonly Policy[]): string {
  const table = (connections: readonly NamedConnection[]) => [
    '| from | to | port | NetworkPolicy |',
    '|---|---|---|---|',
    ...new Set(
      connections.map(connection => {
        const { source, target, protocol, port } = connection;
        const verdict = allows(policies, connection) ? 'allows' : 'refuses';
        return `| ${source} | ${target} | ${protocol} ${port} | ${verdict} |`;
      }),
    ),
  ];
  return [
    `# Connections of ${environment.name}`,
    '',
    'Computed from the policies in `30-network-policy.yaml`. Ports are those of pods. A policy knows addresses, not names:',
    'whatever answers on TCP 443 in the internet stands for every provider.',
    '',
    '## What the configuration needs',
    '',
    ...table(neededConnections(environment)),
    '',
    '## What nothing needs',
    '',
    ...table(unneededConnections(environment)),
    '',
    ...(environment.cluster.privateCluster ? [] : PUBLIC_API_SERVER),
  ].join('\n');
}
