import { z } from 'zod';
import { kubernetesName } from './kubernetes-name';
import { section } from './section';

/** Log Analytics, where every service sends its audit logs, and who may read the gateway's metrics. */
export const monitoringSchema = section({
  /** Days that logs are kept. Default 90: free up to 31, and what most audits ask for. */
  retentionDays: z.int().min(30).max(730).default(90),
  /**
   * Namespaces whose pods may scrape `/metrics`: `kube-system` for Azure Monitor's managed Prometheus, `monitoring` for
   * one of your own. They reach the gateway's one port, so the rest of its API too. Default none.
   */
  scraperNamespaces: z.array(kubernetesName).default([]),
}).prefault({});
