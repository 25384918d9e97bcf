/**
 * Names that Terraform and Kubernetes must agree on before either exists: the federated credential trusts exactly
 * this ServiceAccount, and the database has exactly this name.
 */
export const workload = {
  namespace: 'litellm',
  /** Also the name of the Deployment, as in the article. */
  name: 'litellm-proxy',
  /** The container that serves; what it logs is asked for by this name. */
  container: 'litellm',
  serviceAccount: 'litellm-proxy',
  database: 'litellm',
  /** Administrator of PostgreSQL where it uses a password. */
  databaseUser: 'litellm',
} as const;

/** The subject under which AKS vouches for the gateway's pods. */
export const workloadSubject = `system:serviceaccount:${workload.namespace}:${workload.serviceAccount}`;
