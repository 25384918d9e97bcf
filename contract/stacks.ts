/** The Terraform stacks of an environment, in the order to deploy: the second one logs in to what the first one made. */
export function stackNames(environment: string): [cloud: string, addons: string] {
  return [environment, `${environment}-addons`];
}

/**
 * Outputs of the first stack that the second one reads from its state. Marked as sensitive, because the provider marks
 * what they are taken from; neither is a secret: a host name, and what makes its certificate trusted.
 */
export const clusterAccess = {
  host: 'cluster_host',
  certificateAuthority: 'cluster_ca_certificate',
} as const;
