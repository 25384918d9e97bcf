import { authorityHost } from './entra';
import type { Manifests, PodSpec, ServiceAccount } from './manifests';

const VOLUME = 'azure-identity-token';
const FOLDER = '/var/run/secrets/azure/tokens';
const TOKEN = 'azure-identity-token';

/** Who a federated token is for. */
export const federatedAudience = 'api://AzureADTokenExchange';

/**
 * What AKS's webhook makes of a pod, in the manifest's words: it looks at nothing but the pod's label and the
 * annotations of its ServiceAccount, and leaves other pods alone.
 * https://azure.github.io/azure-workload-identity/docs/installation/mutating-admission-webhook.html
 */
export function withWorkloadIdentity(manifests: Manifests): Manifests {
  const copy = structuredClone(manifests);
  for (const { metadata, spec } of [copy.deployment.spec.template, copy.job.spec.template]) {
    if (metadata.labels['azure.workload.identity/use'] === 'true') addIdentity(spec, copy.serviceAccounts);
  }
  return copy;
}

function addIdentity(pod: PodSpec, accounts: readonly ServiceAccount[]): void {
  const account = accounts.find(({ metadata }) => metadata.name === pod.serviceAccountName);
  const annotation = (name: string) =>
    account?.metadata.annotations?.[`azure.workload.identity/${name}`] ?? '';
  const added = {
    AZURE_CLIENT_ID: annotation('client-id'),
    AZURE_TENANT_ID: annotation('tenant-id'),
    AZURE_FEDERATED_TOKEN_FILE: `${FOLDER}/${TOKEN}`,
    AZURE_AUTHORITY_HOST: `https://${authorityHost}/`,
  };
  for (const container of [...(pod.initContainers ?? []), ...pod.containers]) {
    container.env = [...container.env, ...Object.entries(added).map(([name, value]) => ({ name, value }))];
    container.volumeMounts = [...container.volumeMounts, { name: VOLUME, mountPath: FOLDER, readOnly: true }];
  }
  const sources = [{ serviceAccountToken: { audience: federatedAudience, path: TOKEN } }];
  pod.volumes = [...pod.volumes, { name: VOLUME, projected: { sources } }];
}
