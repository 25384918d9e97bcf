import { z } from 'zod';

/** One label or more, lowercase, no final dot: anything else CoreDNS refuses, or takes and never finds a name in. */
const ZONE = /^(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/;

/** What CoreDNS answers from Kubernetes: Services, pods, and who has an address. */
const CLUSTER_ZONES = ['svc.cluster.local', 'pod.cluster.local', 'in-addr.arpa', 'ip6.arpa'];

/** A DNS zone that a server block of CoreDNS may take over. */
export const zoneName = z.string().superRefine((zone, ctx) => {
  if (zone === '.') {
    ctx.addIssue(
      "is every name there is, which AKS's own server block answers: a second one stops CoreDNS; name zones, or use dns.mode full",
    );
  } else if (!ZONE.test(zone)) {
    ctx.addIssue('is no DNS zone; write it as corp.example.com, in lowercase, without a final dot');
  } else {
    const taken = CLUSTER_ZONES.find(mine => isWithin(zone, mine) || isWithin(mine, zone));
    if (taken) {
      ctx.addIssue(`takes names of ${taken} away from the cluster; name a zone that holds none of them`);
    }
  }
});

/** Whether a name is the zone's own or lies below it. */
export function isWithin(name: string, zone: string): boolean {
  return name === zone || name.endsWith(`.${zone}`);
}

/** The zones above a name, the nearest first: `example.com` and `com` for `llm.example.com`. */
export function zonesAbove(name: string): string[] {
  const labels = name.split('.');
  return labels.slice(1).map((_, index) => labels.slice(index + 1).join('.'));
}
