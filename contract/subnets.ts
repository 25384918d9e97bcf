/** Nodes, private endpoints, and the ingress controller's internal load balancer. */
export type SubnetRole = 'aks' | 'pe' | 'ingress';

/** Terraform makes a subnet by this name; the load balancer's Service asks Azure for its own by it. */
export function subnetName(role: SubnetRole): string {
  return `snet-${role}`;
}
