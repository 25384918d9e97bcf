import type { LogAnalyticsWorkspace } from '@cdktf/provider-azurerm/lib/log-analytics-workspace';
import { MonitorDiagnosticSetting } from '@cdktf/provider-azurerm/lib/monitor-diagnostic-setting';
import type { Construct } from 'constructs';

export interface DiagnosticsProps {
  readonly targetId: string;
  readonly workspace: LogAnalyticsWorkspace;
  /** Log categories; Azure's table of supported logs names them per service. */
  readonly categories?: readonly string[];
  /** Default false. */
  readonly metrics?: boolean;
}

/** Sends a service's logs and metrics to Log Analytics. */
export function sendDiagnostics(scope: Construct, id: string, props: DiagnosticsProps): void {
  const { targetId, workspace, categories = [], metrics = false } = props;
  new MonitorDiagnosticSetting(scope, id, {
    name: 'log-analytics',
    targetResourceId: targetId,
    logAnalyticsWorkspaceId: workspace.id,
    enabledLog: categories.map(category => ({ category })),
    enabledMetric: metrics ? [{ category: 'AllMetrics' }] : [],
    // Many services ignore it and report another, which would plan a change for ever.
    lifecycle: { ignoreChanges: ['log_analytics_destination_type'] },
  });
}
