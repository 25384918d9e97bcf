import { changeContainer } from './change';
import { authorityHost } from './entra';
import type { Manifests } from './manifests';

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
  const { metadata, spec } = manifests.deployment.spec.template;
  if (metadata.labels['azure.workload.identity/use'] !== 'true') return manifests;
  const account = manifests.serviceAccounts.find(found => found.metadata.name === spec.serviceAccountName);
  const annotation = (name: string) =>
    account?.metadata.annotations?.[`azure.workload.identity/${name}`] ?? '';
  const added = {
    AZURE_CLIENT_ID: annotation('client-id'),
    AZURE_TENANT_ID: annotation('tenant-id'),
    AZURE_FEDERATED_TOKEN_FILE: `${FOLDER}/${TOKEN}`,
    AZURE_AUTHORITY_HOST: `https://${authorityHost}/`,
  };
  const changed = changeContainer(manifests, container => {
    container.env = [...container.env, ...Object.entries(added).map(([name, value]) => ({ name, value }))];
    container.volumeMounts = [...container.volumeMounts, { name: VOLUME, mountPath: FOLDER, readOnly: true }];
  });
  const pod = changed.deployment.spec.template.spec;
  const sources = [{ serviceAccountToken: { audience: federatedAudience, path: TOKEN } }];
  pod.volumes = [...pod.volumes, { name: VOLUME, projected: { sources } }];
  return changed;
}
