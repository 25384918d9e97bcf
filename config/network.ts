import { z } from 'zod';
import { cidr, contains, overlap, size } from './cidr';
import { areDistinct } from './distinct';
import { invariant } from './problem';
import { section } from './section';

/** Azure keeps five addresses of every subnet and wants at least a /29. */
const SMALLEST_SUBNET = 8;

/**
 * Addresses that AKS keeps for itself: no node, pod or Service may have one (Microsoft Learn, Azure CNI prerequisites).
 */
const RESERVED_BY_AKS = ['169.254.0.0/16', '172.30.0.0/16', '172.31.0.0/16', '192.0.2.0/24'];

/** As Terraform's provider takes it, capitals included. */
const VIRTUAL_NETWORK =
  /^\/subscriptions\/[\da-f-]{36}\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/virtualNetworks\/[^/]+$/;

const SMALLEST_SERVICE_RANGE = 2 ** 8;
const LARGEST_SERVICE_RANGE = 2 ** 20;

const network = section({
  /** The VNet's address space. Default 10.30.0.0/16: the article's three subnets, with room to grow. */
  addressSpace: cidr.default('10.30.0.0/16'),
  subnets: section({
    /** Nodes of both pools (pods live in `podCidr`). Default: the article's 10.30.0.0/23. */
    aks: cidr.default('10.30.0.0/23'),
    /** Private endpoints of the data services. Default: the article's 10.30.2.0/24. */
    privateEndpoints: cidr.default('10.30.2.0/24'),
    /** The ingress controller's internal load balancer. Default: the article's 10.30.3.0/24. */
    ingress: cidr.default('10.30.3.0/24'),
  }).prefault({}),
  /**
   * `StandardV2` spans zones; `Standard` (the article's) lives in one, and there are regions without the other.
   * Default StandardV2.
   */
  natGateway: z.enum(['Standard', 'StandardV2']).default('StandardV2'),
  /**
   * Resource ids of other VNets in which our private names resolve too: the one that you deploy from, and clients of an
   * internal gateway. Peering is not made here (docs/operations.md). Default none.
   */
  linkedVirtualNetworks: z
    .array(
      z
        .string()
        .regex(VIRTUAL_NETWORK, 'is no resource id of a VNet; az network vnet show --query id prints it'),
    )
    .refine(areDistinct, 'names a VNet twice')
    .default([]),
  /** Pod addresses of Azure CNI Overlay, invisible to the VNet. Default 10.244.0.0/16 (AKS's own default). */
  podCidr: cidr.default('10.244.0.0/16'),
  /** Cluster-internal Service addresses; the tenth is the DNS Service. Default 10.0.0.0/16 (AKS's own default). */
  serviceCidr: cidr.default('10.0.0.0/16'),
});

/** The virtual network, its subnets, and the ranges that live inside the cluster only. */
export const networkSchema = network.superRefine(checkRanges).prefault({});

type Network = z.output<typeof network>;

function checkRanges(network: Network, ctx: z.RefinementCtx): void {
  const problem = (path: string[], message: string) => ctx.addIssue({ code: 'custom', path, message });
  const overlapping = (path: string[], message: string) =>
    ctx.addIssue({ ...invariant('network-overlap'), path, message });
  const subnets = Object.entries(network.subnets);
  const { addressSpace, podCidr, serviceCidr } = network;

  subnets.forEach(([name, range], index) => {
    const path = ['subnets', name];
    if (!contains(addressSpace, range)) {
      problem(path, `lies outside network.addressSpace ${addressSpace}; move it inside or widen the space`);
    }
    if (size(range) < SMALLEST_SUBNET) {
      problem(path, 'is smaller than the /29 that Azure allows for a subnet');
    }
    for (const [other, taken] of subnets.slice(0, index)) {
      if (overlap(range, taken)) {
        overlapping(path, `overlaps network.subnets.${other} ${taken}; give each subnet its own range`);
      }
    }
  });
  if (size(serviceCidr) < SMALLEST_SERVICE_RANGE || size(serviceCidr) > LARGEST_SERVICE_RANGE) {
    problem(['serviceCidr'], 'is no range for Services; use /12 (the largest that AKS takes) to /24');
  }
  if (overlap(podCidr, addressSpace)) {
    overlapping(
      ['podCidr'],
      `overlaps network.addressSpace ${addressSpace}; pods need a range outside the VNet`,
    );
  }
  if (overlap(serviceCidr, addressSpace)) {
    overlapping(
      ['serviceCidr'],
      `overlaps network.addressSpace ${addressSpace}; Services need a range outside the VNet`,
    );
  }
  if (overlap(serviceCidr, podCidr)) {
    overlapping(['serviceCidr'], `overlaps network.podCidr ${podCidr}; pods and Services need a range each`);
  }
  for (const [name, range] of Object.entries({ addressSpace, podCidr, serviceCidr })) {
    for (const reserved of RESERVED_BY_AKS.filter(taken => overlap(range, taken))) {
      overlapping([name], `overlaps ${reserved}, which AKS keeps for itself; choose a range beside it`);
    }
  }
}
