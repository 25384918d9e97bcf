import { selector } from '../charts/gateway-chart';
import { podLabels } from '../charts/litellm-pod';
import { SOLVER_PORT } from '../charts/network-policy';
import { addressAt } from '../config/cidr';
import { ports } from '../config/endpoints';
import type { Environment } from '../config/environment';
import { workload } from '../contract/workload';
import type { Connection, Endpoint } from '../invariants/reachability';

/** A connection with the names that people know its ends by. */
export interface NamedConnection extends Connection {
  readonly source: string;
  readonly target: string;
}

interface Place {
  readonly name: string;
  readonly endpoint: Endpoint;
}

/** Any address of the internet stands for all of them (RFC 5737). */
const PUBLIC_ADDRESS = '203.0.113.10';

const ENTRA = 'login.microsoftonline.com';

/** Every connection that the configuration needs. */
export function neededConnections(environment: Environment): NamedConnection[] {
  const { ingress, monitoring, postgres, redis, azureOpenAi } = environment;
  const { gateway, migration, solver, service, dns, internet, anyPodOf } = places(environment);
  const entra = [postgres, redis, azureOpenAi].some(used => used?.authentication === 'entra');
  return [
    ...[ingress.namespace, ...monitoring.scraperNamespaces].map(name =>
      tcp(anyPodOf(name), gateway, workload.port),
    ),
    tcp(anyPodOf(ingress.namespace), solver, SOLVER_PORT),
    ...[gateway, migration].flatMap(pod =>
      dns.flatMap(server => [udp(pod, server, 53), tcp(pod, server, 53)]),
    ),
    ...[gateway, migration].map(pod => tcp(pod, service(environment.endpoints.postgres), ports.postgres)),
    tcp(gateway, service(environment.endpoints.redis), ports.redis),
    ...(azureOpenAi ? [tcp(gateway, service(hostOf(environment.endpoints.azureOpenAi)), ports.https)] : []),
    ...publicHosts(environment).map(host => tcp(gateway, internet(host), ports.https)),
    ...(entra ? [tcp(gateway, internet(ENTRA), ports.https)] : []),
    ...(postgres.authentication === 'entra' ? [tcp(migration, internet(ENTRA), ports.https)] : []),
  ];
}

/** Connections that nothing needs and somebody may try. */
export function unneededConnections(environment: Environment): NamedConnection[] {
  const { network, azureOpenAi, endpoints } = environment;
  const { gateway, migration, solver, service, internet, anyPodOf, stranger, address } = places(environment);
  const neighbour = anyPodOf(workload.namespace);
  const node = address('a node', network.subnets.aks);
  const metadata = { name: 'node metadata', endpoint: { address: '169.254.169.254' } };
  const wireServer = { name: "Azure's WireServer", endpoint: { address: '168.63.129.16' } };
  return [
    ...[stranger, neighbour].map(pod => tcp(pod, gateway, workload.port)),
    tcp(address('a machine in the VNet', network.subnets.ingress), gateway, workload.port),
    tcp(anyPodOf(environment.ingress.namespace), gateway, workload.port + 1),
    tcp(anyPodOf(environment.ingress.namespace), migration, workload.port),
    ...[gateway, migration, solver, neighbour].flatMap(pod => [
      tcp(pod, metadata, 80),
      tcp(pod, wireServer, 80),
      tcp(pod, node, 10250),
      tcp(pod, stranger, ports.https),
      tcp(pod, service('any private endpoint'), 22),
      tcp(pod, internet('the internet'), 80),
    ]),
    ...(environment.cluster.privateCluster
      ? [tcp(gateway, address('the API server', network.subnets.aks), ports.https)]
      : []),
    ...(azureOpenAi ? [] : [tcp(gateway, service('any private endpoint'), ports.https)]),
    tcp(gateway, neighbour, workload.port),
    tcp(migration, service(endpoints.redis), ports.redis),
    tcp(migration, service('any private endpoint'), ports.https),
    ...(environment.postgres.authentication === 'entra'
      ? []
      : [tcp(migration, internet('the internet'), ports.https)]),
    ...[solver, neighbour].flatMap(pod => [
      tcp(pod, service(endpoints.postgres), ports.postgres),
      tcp(pod, internet('the internet'), ports.https),
    ]),
  ];
}

function places({ network }: Environment) {
  const pod = (name: string, namespace: string, labels: Record<string, string>, index: number): Place => ({
    name,
    endpoint: { address: addressAt(network.podCidr, index), pod: { namespace, labels } },
  });
  const address = (name: string, subnet: string): Place => ({
    name,
    endpoint: { address: addressAt(subnet, 4) },
  });
  const clusterDns = pod('cluster DNS', 'kube-system', { 'k8s-app': 'kube-dns' }, 53);
  const localDns: Place = { name: 'LocalDNS of the node', endpoint: { address: '169.254.10.10' } };
  return {
    gateway: pod('gateway', workload.namespace, selector, 10),
    migration: pod('migration', workload.namespace, podLabels(workload.migration), 11),
    solver: pod('ACME solver', workload.namespace, { 'acme.cert-manager.io/http01-solver': 'true' }, 12),
    dns: [clusterDns, localDns],
    /** A service behind a private endpoint. */
    service: (name: string) => address(name, network.subnets.privateEndpoints),
    internet: (name: string): Place => ({ name, endpoint: { address: PUBLIC_ADDRESS } }),
    stranger: pod('any pod of another namespace', 'another', {}, 21),
    anyPodOf: (namespace: string) => pod(`any pod of namespace ${namespace}`, namespace, {}, 20),
    address,
  };
}

/** Whom the gateway calls in the internet: every URL of the catalogue, of the extensions and of its variables. */
function publicHosts({ catalogue, extensions, gateway }: Environment): string[] {
  const urls = JSON.stringify([catalogue, extensions, gateway.env, gateway.settings]).match(
    /https:\/\/[^"/:?#]+/g,
  );
  return [...new Set((urls ?? []).map(hostOf))].sort();
}

function hostOf(url: string): string {
  return new URL(url).hostname;
}

function tcp(from: Place, to: Place, port: number): NamedConnection {
  return { source: from.name, target: to.name, from: from.endpoint, to: to.endpoint, protocol: 'TCP', port };
}

function udp(from: Place, to: Place, port: number): NamedConnection {
  return { ...tcp(from, to, port), protocol: 'UDP' };
}
