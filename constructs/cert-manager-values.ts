import type { Environment } from '../config/environment';
import { certManager } from '../contract/cert-manager';
import { priorityClassName } from './controller-pods';

const workloadIdentity = { 'azure.workload.identity/use': 'true' };

/** Set aside for each of its four pods, for which its chart asks nothing; with few certificates each takes some 100 MiB. */
const resources = { requests: { cpu: '20m', memory: '128Mi' } };

/** Values of cert-manager's Helm chart. */
export function certManagerValues({ ingress, dns }: Environment): object {
  const dns01 = ingress.acme.solver === 'dns01';
  return {
    global: { priorityClassName },
    resources,
    webhook: { resources },
    cainjector: { resources },
    startupapicheck: { resources },
    // Kept when the release goes: deleting the definitions would delete every certificate.
    crds: { enabled: true, keep: true },
    serviceAccount: {
      name: certManager.serviceAccount,
      ...(dns01 && { labels: workloadIdentity }),
    },
    ...(dns01 && { podLabels: workloadIdentity }),
    config: {
      apiVersion: 'controller.config.cert-manager.io/v1alpha1',
      kind: 'ControllerConfiguration',
      gatewayAPI: { enabled: ingress.controller === 'gateway-api' },
      // The gateway's Issuer may use cert-manager's own identity, which is for one DNS zone.
      issuerAmbientCredentials: dns01,
    },
    // A proof is looked for where Let's Encrypt looks, never in a private zone of the same name.
    dns01RecursiveNameservers: dns.publicResolvers.map(address => `${address}:53`).join(','),
    dns01RecursiveNameserversOnly: true,
  };
}
