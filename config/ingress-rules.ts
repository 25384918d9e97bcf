import { z } from 'zod';
import { addressAt, contains, size } from './cidr';
import { isWithin } from './domain';
import type { IngressSettings } from './ingress';
import type { networkSchema } from './network';
import { onceWellFormed } from './section';

/** Azure keeps the first four addresses of a subnet, and the last one. */
const FIRST_FREE = 4;

interface Sections {
  readonly host: string;
  readonly subscriptionId?: string | undefined;
  readonly network: z.output<typeof networkSchema>;
  readonly ingress: IngressSettings;
}

/** Whether a broken rule is this one: where, and what to do. */
type Rule = (sections: Sections) => { path: string[]; message: string } | false;

const rules: readonly Rule[] = [
  ...(['dnsZone', 'privateDnsZone'] as const).map(
    (key): Rule =>
      ({ host, ingress }) => {
        const zone = ingress[key]?.name;
        return (
          zone !== undefined &&
          !isWithin(host, zone) && {
            path: ['ingress', key, 'name'],
            message: `is no zone of the host ${host}; name the one that holds it`,
          }
        );
      },
  ),
  ({ ingress: { exposure, acme } }) =>
    exposure === 'internal' &&
    acme.solver === 'http01' && {
      path: ['ingress', 'acme', 'solver'],
      message:
        "cannot work with ingress.exposure internal: Let's Encrypt has to reach the host to ask it; use dns01, with ingress.dnsZone",
    },
  ({ ingress: { exposure, allowedIpRanges, acme } }) =>
    exposure === 'public' &&
    allowedIpRanges.length > 0 &&
    acme.solver === 'http01' && {
      path: ['ingress', 'allowedIpRanges'],
      message:
        "keeps Let's Encrypt out, which asks the host from any address; use ingress.acme.solver dns01, with ingress.dnsZone",
    },
  ({ ingress: { acme, dnsZone } }) =>
    acme.solver === 'dns01' &&
    !dnsZone && {
      path: ['ingress', 'dnsZone'],
      message:
        'is required by ingress.acme.solver dns01: name the public zone that the proofs are written to',
    },
  ({ subscriptionId, ingress: { acme } }) =>
    acme.solver === 'dns01' &&
    !subscriptionId && {
      path: ['subscriptionId'],
      message: 'is required by ingress.acme.solver dns01: cert-manager is told where the zone is; name it',
    },
  ({ ingress: { exposure, privateDnsZone } }) =>
    exposure === 'public' &&
    privateDnsZone !== undefined && {
      path: ['ingress', 'privateDnsZone'],
      message: 'is for ingress.exposure internal; use ingress.dnsZone, or make the gateway internal',
    },
  ({ network, ingress: { exposure, privateAddress } }) =>
    privateAddress !== undefined &&
    (exposure === 'public'
      ? {
          path: ['ingress', 'privateAddress'],
          message: 'is for ingress.exposure internal; leave it out, or make the gateway internal',
        }
      : !usable(privateAddress, network.subnets.ingress) && {
          path: ['ingress', 'privateAddress'],
          message: `is no free address of network.subnets.ingress ${network.subnets.ingress}, of which Azure keeps the first four and the last; use ${firstFree(network.subnets.ingress)}, or leave it out`,
        }),
];

/** What ties the keys of `ingress` to each other, and to the host and the network. */
export const ingressRules = z.superRefine<Sections>(
  (sections, ctx) => {
    for (const rule of rules) {
      const broken = rule(sections);
      if (broken) ctx.addIssue({ code: 'custom', ...broken });
    }
  },
  onceWellFormed('host', 'subscriptionId', 'network', 'ingress'),
);

/** The address that an internal load balancer takes where none is named. */
export function firstFree(subnet: string): string {
  return addressAt(subnet, FIRST_FREE);
}

function usable(address: string, subnet: string): boolean {
  const kept = [0, 1, 2, 3, -1].map(index => addressAt(subnet, index < 0 ? size(subnet) + index : index));
  return contains(subnet, `${address}/32`) && !kept.includes(address);
}
