/**
 * What Terraform, Kubernetes and whoever asks the gateway must agree on before any of it exists: the federated credential
 * trusts exactly this ServiceAccount, and the database has exactly this name.
 */
export const workload = {
  namespace: 'litellm',
  /** Also the name of the Deployment, as in the article. */
  name: 'litellm-proxy',
  /** The container that serves; what it logs is asked for by this name. */
  container: 'litellm',
  /** Where it serves: LiteLLM's own port. */
  port: 4000,
  serviceAccount: 'litellm-proxy',
  /** What names begin with of objects that never change: the next version is another one, beside the former. */
  config: 'litellm-config',
  migration: 'litellm-migration',
  secrets: 'litellm-secrets',
  database: 'litellm',
  /** Administrator of PostgreSQL where it uses a password. */
  databaseUser: 'litellm',
} as const;

/** The subject under which AKS vouches for the gateway's pods. */
export const workloadSubject = `system:serviceaccount:${workload.namespace}:${workload.serviceAccount}`;
