import type { LogAnalyticsWorkspace } from '@cdktf/provider-azurerm/lib/log-analytics-workspace';
import type { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import type { Network } from './network';

/** Where a service lives: its resource group and region, the network it is reached from, the workspace it logs to. */
export interface Placement {
  readonly resourceGroup: ResourceGroup;
  readonly network: Network;
  readonly workspace: LogAnalyticsWorkspace;
}
