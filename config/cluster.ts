import { z } from 'zod';
import { cidr } from './cidr';
import { areDistinct } from './distinct';
import { section } from './section';
import { timeOfDay } from './time-of-day';

/**
 * One node pool.
 * @param minCount default of the autoscaler's floor
 * @param maxCount default of the autoscaler's ceiling
 */
function nodePool(minCount: number, maxCount: number) {
  return section({
    /** VM size. Default Standard_D4s_v5: the article's four vCPU and 16 GiB, in the generation AKS recommends. */
    vmSize: z
      .string()
      .regex(/^Standard_[A-Z][A-Za-z0-9_-]+$/, 'is no VM size; write it as Standard_D4s_v5')
      .default('Standard_D4s_v5'),
    /** Nodes that always run. Default: each pool's own, below. */
    minCount: z.int().min(1).max(1000).default(minCount),
    /** Nodes at most; what the subnet must hold, with the surge of an upgrade. Default: each pool's own, below. */
    maxCount: z.int().min(1).max(1000).default(maxCount),
    /**
     * Pods per node at most. Default 50, reviewers' minimum: the kubelet reserves 20 MB for each (overlay's own
     * default of 250 takes a quarter of a D4's memory).
     */
    maxPods: z.int().min(50).max(250).default(50),
    /** Extra nodes during an upgrade, a number or a percentage. Default 10% (AKS's advice for production). */
    maxSurge: z
      .string()
      .regex(/^([1-9]\d?|100|[1-9]\d?%|100%)$/, 'is no surge; write it as 1 or 10%')
      .default('10%'),
    /**
     * `Managed` or `Ephemeral` OS disk. Default Managed: the D4s sizes of the v5 generation have no local disk
     * to hold an ephemeral one; with a D4ds size, Ephemeral is faster and costs nothing.
     */
    osDiskType: z.enum(['Managed', 'Ephemeral']).default('Managed'),
  })
    .superRefine((pool, ctx) => {
      if (pool.minCount > pool.maxCount) {
        ctx.addIssue({
          code: 'custom',
          path: ['minCount'],
          message: `is above maxCount ${pool.maxCount}; an autoscaler needs minCount <= maxCount`,
        });
      }
    })
    .prefault({});
}

/** The AKS cluster and its two node pools. */
export const clusterSchema = section({
  /**
   * Kubernetes minor; AKS picks its latest patch. Default 1.36: generally available since June 2026, ends June 2027. (After
   * an automatic patch a plan says `"1.36.2" -> "1.36"`, and changes nothing: hashicorp/terraform-provider-azurerm#26946.)
   */
  kubernetesVersion: z
    .string()
    .regex(/^1\.\d{2}(\.\d+)?$/, 'is no Kubernetes version; write it as 1.36')
    .default('1.36'),
  /**
   * `Standard` has the uptime SLA (99.95 % with zones), `Free` has none, `Premium` also two years of support for a minor (AKS's
   * LTS). Default Standard, as in the article.
   */
  tier: z.enum(['Free', 'Standard', 'Premium']).default('Standard'),
  /** Availability zones of nodes and public addresses. Default all three; empty in regions without zones. */
  zones: z
    .array(z.enum(['1', '2', '3']))
    .refine(areDistinct, 'names a zone twice')
    .default(['1', '2', '3']),
  /** Tainted for critical add-ons; the gateway never runs here. Default 2 to 3 nodes: one may be lost while another works. */
  systemPool: nodePool(2, 3),
  /** Runs the gateway. Default 2 to 5 nodes: ten pods of one vCPU and 4 GiB need four D4s nodes. */
  userPool: nodePool(2, 5),
  /**
   * Engine of NetworkPolicy. Default cilium: Azure's own (`azure`, the article's) ends on Linux on 2028-09-30,
   * and moving later re-images every node.
   */
  networkPolicy: z.enum(['azure', 'cilium']).default('cilium'),
  /** No public API server. Default true; without it, limit the callers with `authorizedIpRanges`. */
  privateCluster: z.boolean().default(true),
  /** Who may reach a public API server; the NAT gateway's own address is added. Empty: everybody may knock. */
  authorizedIpRanges: z.array(cidr).default([]),
  /** `az aks command invoke`, a way round the network. Default false. */
  runCommand: z.boolean().default(false),
  /** Microsoft Defender for Containers; priced per vCore. Default true. */
  defender: z.boolean().default(true),
  /** Encrypts temporary disks and caches on the host; the subscription must have the feature EncryptionAtHost registered. */
  hostEncryption: z.boolean().default(false),
  /**
   * What AKS upgrades by itself. Default patch: security fixes within the minor. (A channel that changes the minor
   * would be undone by the next apply: raise `kubernetesVersion` instead.)
   */
  upgradeChannel: z.enum(['patch', 'node-image', 'none']).default('patch'),
  /** When AKS may upgrade cluster and nodes. Default Sunday, 02:00 UTC, four hours (the shortest AKS takes). */
  maintenance: section({
    /** Day that it begins on. */
    dayOfWeek: z
      .enum(['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'])
      .default('Sunday'),
    /** When it begins, at the offset below. */
    startTime: timeOfDay.default('02:00'),
    /** Hours and minutes that the place is ahead of UTC (+) or behind it (-); AKS knows no summer time. */
    utcOffset: z
      .string()
      .regex(/^[+-](0\d|1[0-4]):[0-5]\d$/, 'is no offset; write it as +00:00')
      .default('+00:00'),
    /** Hours that it lasts; AKS takes 4 to 24. */
    duration: z.int().min(4).max(24).default(4),
  }).prefault({}),
})
  .superRefine(checkVersion)
  .prefault({});

export type NodePool = z.output<ReturnType<typeof nodePool>>;

/** A channel that patches takes a version's patch away from whoever names one. */
function checkVersion(
  given: { kubernetesVersion: string; upgradeChannel: string },
  ctx: z.RefinementCtx,
): void {
  const [, minor, patch] = /^(\d+\.\d+)(\.\d+)?$/.exec(given.kubernetesVersion) ?? [];
  if (given.upgradeChannel !== 'patch' || !patch) return;
  ctx.addIssue({
    code: 'custom',
    path: ['kubernetesVersion'],
    message: `names a patch version, and cluster.upgradeChannel patch moves past it: the next apply would ask AKS for a downgrade, which it refuses; use ${minor}, or upgradeChannel node-image`,
  });
}
