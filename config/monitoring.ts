import { z } from 'zod';
import { alertsSchema } from './alerts';
import { kubernetesName } from './kubernetes-name';
import { section } from './section';

/**
 * Log Analytics, where every service sends its audit logs and the cluster its pods', who may read the metrics, and who is
 * called.
 */
export const monitoringSchema = section({
  /** Days that logs are kept. Default 90: free up to 31, and what most audits ask for. */
  retentionDays: z.int().min(30).max(730).default(90),
  /**
   * Whether what the pods log goes to Log Analytics, with Kubernetes' events: what a pod said is gone with it otherwise.
   * AKS's own namespaces, `kube-system` and `gatekeeper-system`, are left out by its agent. Default true; charged by GB.
   */
  podLogs: z.boolean().default(true),
  /**
   * Namespaces whose pods may scrape `/metrics`: `kube-system` for Azure Monitor's managed Prometheus, `monitoring` for
   * one of your own. They reach the gateway's one port, so the rest of its API too. Default none.
   */
  scraperNamespaces: z.array(kubernetesName).default([]),
  alerts: alertsSchema,
}).prefault({});
