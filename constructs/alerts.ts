import { MonitorActionGroup } from '@cdktf/provider-azurerm/lib/monitor-action-group';
import { MonitorActivityLogAlert } from '@cdktf/provider-azurerm/lib/monitor-activity-log-alert';
import { MonitorMetricAlert } from '@cdktf/provider-azurerm/lib/monitor-metric-alert';
import { MonitorScheduledQueryRulesAlertV2 } from '@cdktf/provider-azurerm/lib/monitor-scheduled-query-rules-alert-v2';
import { Construct } from 'constructs';
import type { Alerts as AlertSettings } from '../config/alerts';
import { controllers } from '../config/ingress-controllers';
import type { Settings } from '../config/settings';
import type { AlertRule } from './alert-rule';
import { type LogAlert, modelAlerts, podAlerts, requestAlert } from './log-alerts';
import { type Measured, type MetricAlert, metricAlerts } from './metric-alerts';
import type { Placement } from './placement';

export interface AlertsProps {
  /** Of the environment, so that whoever is called for several knows which one it is. */
  readonly environmentName: string;
  readonly actionGroupName: string;
  readonly settings: AlertSettings;
  readonly placement: Pick<Placement, 'resourceGroup' | 'workspace'>;
  readonly measured: Measured;
  /** Whether what the pods log is kept. Without it nothing is known of their errors, restarts and certificates. */
  readonly podLogs: boolean;
  readonly ingress: Pick<Settings['ingress'], 'controller' | 'namespace'>;
  /** Whether models are Azure OpenAI's. */
  readonly azureOpenAi: boolean;
  /** Seconds that a migration may take, which new pods wait for. */
  readonly migrationSeconds: number;
}

/** Minutes that a new pod needs besides: for a node and the image on it, and to start. */
const START_MINUTES = 15;

/** Who is called, and what for: few rules, each of which somebody has to act on (docs/alerts.md). */
export class Alerts extends Construct {
  constructor(scope: Construct, id: string, props: AlertsProps) {
    super(scope, id);
    const { placement, measured, podLogs, ingress, azureOpenAi, migrationSeconds } = props;
    const { resourceGroup, workspace } = placement;
    const groups = this.actionGroups(props);
    const common = ({ name, meaning }: Omit<AlertRule, 'severity'>) => ({
      name: `llm-${props.environmentName}-${name}`,
      resourceGroupName: resourceGroup.name,
      description: `${meaning} What to do: docs/alerts.md, ${name}.`,
    });

    const onMetric = ({ targetId, criteria, ...rule }: MetricAlert) =>
      new MonitorMetricAlert(this, rule.name, {
        ...rule,
        ...common(rule),
        scopes: [targetId],
        criteria: [criteria],
        action: groups.map(actionGroupId => ({ actionGroupId })),
      });
    const onLogs = ({ query, ...rule }: LogAlert) =>
      new MonitorScheduledQueryRulesAlertV2(this, rule.name, {
        ...rule,
        ...common(rule),
        location: resourceGroup.location,
        scopes: [workspace.id],
        criteria: [{ query, timeAggregationMethod: 'Count', operator: 'GreaterThan', threshold: 0 }],
        // A table is there as soon as it has a row; on the first day Azure would refuse the query.
        skipQueryValidation: true,
        autoMitigationEnabled: true,
        action: { actionGroups: groups },
      });

    for (const rule of metricAlerts(measured)) onMetric(rule);
    if (podLogs && controllers[ingress.controller].logsRequests) onLogs(requestAlert(ingress.namespace));
    if (podLogs) podAlerts(START_MINUTES + Math.ceil(migrationSeconds / 60)).forEach(onLogs);
    if (azureOpenAi) modelAlerts.forEach(onLogs);
    new MonitorActivityLogAlert(this, 'resource-health', {
      ...common({
        name: 'resource-health',
        meaning:
          'Azure says that one of its services is degraded or unavailable, and that nobody here did it.',
      }),
      location: 'global',
      scopes: [resourceGroup.id],
      criteria: {
        category: 'ResourceHealth',
        resourceHealth: {
          current: ['Degraded', 'Unavailable'],
          reason: ['PlatformInitiated', 'Unknown'],
        },
      },
      action: groups.map(actionGroupId => ({ actionGroupId })),
    });
  }

  /** Ids of the groups that every rule calls. */
  private actionGroups({ actionGroupName, environmentName, settings, placement }: AlertsProps): string[] {
    const { emails, actionGroupIds } = settings;
    if (emails.length === 0) return actionGroupIds;
    const { id } = new MonitorActionGroup(this, 'action-group', {
      name: actionGroupName,
      resourceGroupName: placement.resourceGroup.name,
      // What e-mails begin with: twelve characters at most.
      shortName: environmentName,
      emailReceiver: emails.map(address => ({
        name: address,
        emailAddress: address,
        useCommonAlertSchema: true,
      })),
    });
    return [id, ...actionGroupIds];
  }
}
