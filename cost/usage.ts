import { isFields } from '../output/fields';
import type { Resource, TerraformConfiguration } from '../output/references';

/** Something that costs by use: nobody can say how much of it there will be. */
export interface UsageItem {
  readonly label: string;
  readonly key: string;
}

const BY_TYPE: readonly (UsageItem & { readonly type: string })[] = [
  { type: 'azurerm_nat_gateway', label: 'data through the NAT gateway', key: 'usage/natGateway' },
  { type: 'azurerm_nat_gateway', label: 'data out to the internet', key: 'usage/egress' },
  { type: 'azurerm_kubernetes_cluster', label: 'data through the load balancer', key: 'usage/loadBalancer' },
  { type: 'azurerm_private_endpoint', label: 'data through private endpoints', key: 'usage/privateEndpoint' },
  { type: 'azurerm_log_analytics_workspace', label: 'logs ingested', key: 'usage/logs' },
  { type: 'azurerm_key_vault', label: 'Key Vault operations', key: 'usage/keyVault' },
  { type: 'azurerm_container_registry', label: 'images stored', key: 'usage/registry' },
  { type: 'azurerm_postgresql_flexible_server', label: 'backups stored', key: 'usage/backup' },
];

/** What a stack costs by use, tokens of its model deployments first. */
export function usageOf({ resource = {} }: TerraformConfiguration): UsageItem[] {
  const deployments: Resource[] = Object.values(resource.azurerm_cognitive_deployment ?? {});
  return [
    ...deployments.flatMap(tokens),
    ...BY_TYPE.filter(({ type }) => type in resource).map(({ label, key }) => ({ label, key })),
  ];
}

function tokens({ model, sku }: Resource): UsageItem[] {
  const { name } = isFields(model) ? model : {};
  const provisioned = isFields(sku) && /Provisioned/.test(String(sku.name));
  // Provisioned units are reserved by the hour, at a price that depends on the contract.
  if (provisioned) return [{ label: `${name}, provisioned units`, key: `provisioned/${name}` }];
  return ['input', 'output'].map(way => ({ label: `${name}, ${way} tokens`, key: `tokens/${name}/${way}` }));
}
