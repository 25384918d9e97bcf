import { MonitorDataCollectionRule } from '@cdktf/provider-azurerm/lib/monitor-data-collection-rule';
import { MonitorDataCollectionRuleAssociation } from '@cdktf/provider-azurerm/lib/monitor-data-collection-rule-association';
import { Construct } from 'constructs';
import type { Placement } from './placement';

/**
 * The preset "Logs and events" of https://learn.microsoft.com/azure/azure-monitor/containers/container-insights-data-collection-dcr.
 * The inventory of containers is not among them: it holds their environment variables.
 */
const STREAMS = ['Microsoft-ContainerLogV2', 'Microsoft-KubeEvents', 'Microsoft-KubePodInventory'];

const DESTINATION = 'log-analytics';

export interface PodLogsProps {
  /** The rule is named after it. */
  readonly clusterName: string;
  readonly clusterId: string;
  readonly placement: Pick<Placement, 'resourceGroup' | 'workspace'>;
}

/** What the cluster's monitoring agent, which logs in with an identity of its own, collects and where it sends it. */
export class PodLogs extends Construct {
  constructor(scope: Construct, id: string, { clusterName, clusterId, placement }: PodLogsProps) {
    super(scope, id);
    const { resourceGroup, workspace } = placement;
    const rule = new MonitorDataCollectionRule(this, 'Resource', {
      name: `dcr-${clusterName}`,
      resourceGroupName: resourceGroup.name,
      location: resourceGroup.location,
      kind: 'Linux',
      dataSources: {
        extension: [
          {
            name: 'ContainerInsightsExtension',
            extensionName: 'ContainerInsights',
            streams: STREAMS,
            extensionJson: JSON.stringify({
              dataCollectionSettings: {
                interval: '1m',
                namespaceFilteringMode: 'Off',
                enableContainerLogV2: true,
              },
            }),
          },
        ],
      },
      destinations: { logAnalytics: [{ name: DESTINATION, workspaceResourceId: workspace.id }] },
      dataFlow: [{ streams: STREAMS, destinations: [DESTINATION] }],
    });
    new MonitorDataCollectionRuleAssociation(this, 'association', {
      // The agent finds its rule by this name.
      name: 'ContainerInsightsExtension',
      targetResourceId: clusterId,
      dataCollectionRuleId: rule.id,
    });
  }
}
