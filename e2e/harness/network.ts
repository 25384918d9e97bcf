import { command } from './command';

/**
 * The cluster's network, in the network namespace that `run` made: one bridge, and one address for everything that is
 * not a pod. There is no way out of it: what a pod reaches, the tests serve.
 */
export const servicesAddress = '10.244.0.1';

const BRIDGE = 'cluster';
const PODS = '10.244.0.0/24';

/**
 * The bridge's own. Without one it borrows the lowest of its ports', and when that pod goes, the other pods send their
 * packets to nobody until they ask for the address again, which takes them up to a minute.
 */
const BRIDGE_ADDRESS = '02:00:00:00:00:01';

export function createNetwork(): void {
  ip('link set lo up');
  ip(`link add name ${BRIDGE} address ${BRIDGE_ADDRESS} type bridge`);
  ip(`address add ${servicesAddress}/24 dev ${BRIDGE}`);
  ip(`link set ${BRIDGE} up`);
}

/** Makes a pod's network namespace, so that every pod has an address and a port 4000 of its own. */
export function attach(pod: string, address: string): void {
  // Named by its address: Linux gives an interface 15 characters.
  const port = `pod-${address.split('.').pop()}`;
  ip(`netns add ${pod}`);
  ip(`link add ${port} type veth peer name eth0 netns ${pod}`);
  ip(`link set ${port} master ${BRIDGE} up`);
  ip(`-n ${pod} address add ${address}/24 dev eth0`);
  ip(`-n ${pod} link set eth0 up`);
  ip(`-n ${pod} link set lo up`);
}

export function detach(pod: string): void {
  ip(`netns delete ${pod}`);
}

/**
 * Loses every packet from the services' port to the pods, and closes no connection.
 * @returns what ends that
 */
export function silence(port: number): () => void {
  const rule = `to ${PODS} ipproto tcp sport ${port} blackhole`;
  ip(`rule add ${rule}`);
  return () => ip(`rule delete ${rule}`);
}

function ip(args: string): void {
  command('ip', args.split(' '));
}
