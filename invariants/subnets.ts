import { size } from '../config/cidr';
import { subnetName } from '../contract/subnets';
import { clusterOf, type NodePool, privateEndpointsOf, subnetsOf, userPoolOf } from './azure-resources';
import { type Breach, type Invariant, type Subject, unless } from './invariant';
import { refersTo } from './terraform-layer';

/** The first four addresses and the last one of every subnet. */
const RESERVED_BY_AZURE = 5;

/** An overlay's node takes a /24 of the pods' range, whatever its maximum of pods. */
const POD_RANGE_PER_NODE = 256;

/** A load balancer's, and one beside it while a controller is replaced. */
const LOAD_BALANCER_ADDRESSES = 2;

/** A registry has one for itself and one for the layers (`<registry>.<region>.data.azurecr.io`); the others have one. */
const ADDRESSES_BY_SUBRESOURCE: Readonly<Record<string, number>> = { registry: 2 };

/** Their keys in the environment file. */
const SETTINGS: Readonly<Record<string, string>> = {
  [subnetName('aks')]: 'aks',
  [subnetName('pe')]: 'privateEndpoints',
  [subnetName('ingress')]: 'ingress',
};

/** Every node that may exist at once, private endpoint and load balancer has an address. */
function checkSubnets(subject: Subject): Breach[] {
  const cluster = clusterOf(subject);
  return subnetsOf(subject).flatMap(({ address, resource }) => {
    const [range = ''] = resource.address_prefixes;
    const name = SETTINGS[resource.name] ?? resource.name;
    const nodes = nodesOf(poolsOf(subject).filter(pool => refersTo(pool.vnet_subnet_id, address)));
    const endpoints = privateEndpointsOf(subject)
      .filter(endpoint => refersTo(endpoint.resource.subnet_id, address))
      .flatMap(endpoint => endpoint.resource.private_service_connection.subresource_names)
      .reduce((sum, subresource) => sum + (ADDRESSES_BY_SUBRESOURCE[subresource] ?? 1), 0);
    const users = [
      [nodes, 'nodes at most, with the surge of an upgrade'],
      // Its endpoint lies beside the nodes.
      [nodes > 0 && cluster.private_cluster_enabled ? 1 : 0, 'private API server'],
      [endpoints, 'private endpoints'],
      [name === 'ingress' ? LOAD_BALANCER_ADDRESSES : 0, 'load balancers'],
    ] as const;
    const wanted = users.reduce((sum, [count]) => sum + count, 0);
    const usable = size(range) - RESERVED_BY_AZURE;
    const list = users.flatMap(([count, what]) => (count > 0 ? `${count} for ${what}` : [])).join(', ');
    return unless(
      wanted <= usable,
      `network.subnets.${name}`,
      `has ${usable} addresses (${range} without Azure's ${RESERVED_BY_AZURE}), but ${wanted} are wanted: ${list}; widen it, or lower the pools' maxCount`,
    );
  });
}

function checkPodRange(subject: Subject): Breach[] {
  const nodes = nodesOf(poolsOf(subject));
  const room = Math.floor(size(clusterOf(subject).network_profile.pod_cidr) / POD_RANGE_PER_NODE);
  return unless(
    nodes <= room,
    'network.podCidr',
    `holds a /24 for ${room} nodes, but ${nodes} may exist in an upgrade at full scale; widen it, or lower the pools' maxCount`,
  );
}

function poolsOf(subject: Subject): NodePool[] {
  return [clusterOf(subject).default_node_pool, userPoolOf(subject)];
}

/** Nodes at full scale in an upgrade; AKS rounds a percentage up. */
function nodesOf(pools: readonly NodePool[]): number {
  return pools.reduce((sum, { max_count: nodes, upgrade_settings }) => {
    const given = upgrade_settings?.max_surge ?? '10%';
    const surge = given.endsWith('%') ? Math.ceil((Number.parseInt(given, 10) / 100) * nodes) : Number(given);
    return sum + nodes + surge;
  }, 0);
}

export const subnets: Invariant[] = [
  { code: 'subnet-size', severity: 'error', check: checkSubnets },
  { code: 'pod-range', severity: 'error', check: checkPodRange },
];
