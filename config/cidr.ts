import ipaddr from 'ipaddr.js';
import { z } from 'zod';

/** An IPv4 network in CIDR notation whose host bits are zero, such as `10.30.0.0/23`. */
export const cidr = z.string().superRefine((value, ctx) => {
  if (!ipaddr.IPv4.isValidCIDR(value)) {
    ctx.addIssue('is no IPv4 network; write it as 10.30.0.0/23');
  } else if (networkAddress(value) !== value.split('/')[0]) {
    const prefix = value.split('/')[1];
    ctx.addIssue(`has host bits set; the network that holds it is ${networkAddress(value)}/${prefix}`);
  }
});

/** Networks that were read before: every connection of every environment is compared with the same few. */
const known = new Map<string, [network: ipaddr.IPv4, length: number]>();

function parse(network: string): [network: ipaddr.IPv4, length: number] {
  const parsed = known.get(network) ?? ipaddr.IPv4.parseCIDR(network);
  known.set(network, parsed);
  return parsed;
}

/** Whether every address of `inner` belongs to `outer`. */
export function contains(outer: string, inner: string): boolean {
  const [address, prefix] = parse(inner);
  const [network, length] = parse(outer);
  return prefix >= length && address.match(network, length);
}

/** Whether two networks share an address: of two CIDRs that do, one contains the other. */
export function overlap(a: string, b: string): boolean {
  return contains(a, b) || contains(b, a);
}

/** How many addresses a network holds: 512 for a /23. */
export function size(network: string): number {
  return 2 ** (32 - parse(network)[1]);
}

/** The address at `index` within a network, counted from its network address. */
export function addressAt(network: string, index: number): string {
  const octets = parse(network)[0].toByteArray();
  const value = octets.reduce((sum, octet) => sum * 256 + octet, 0) + index;
  return [24, 16, 8, 0].map(shift => Math.floor(value / 2 ** shift) % 256).join('.');
}

function networkAddress(value: string): string {
  return ipaddr.IPv4.networkAddressFromCIDR(value).toString();
}
