import { App } from 'cdk8s';
import { AutoscalerChart } from './autoscaler';
import { CertificateChart } from './certificate';
import { ConfigMapChart } from './config-map';
import { CoreDnsChart } from './coredns';
import { DeploymentChart } from './deployment';
import { DisruptionBudgetChart } from './disruption-budget';
import type { GatewayChartProps } from './gateway-chart';
import { addIngressCharts } from './ingress';
import { MigrationChart } from './migration';
import { NamespaceChart } from './namespace';
import { NetworkPolicyChart } from './network-policy';
import { PriorityClassChart } from './priority-class';
import { SecretsChart } from './secrets';
import { ServiceChart } from './service';
import { ServiceAccountChart } from './service-account';

/** Everything in the cluster that one environment's gateway needs; a chart's id is its file's name, and its place. */
export class GatewayApp extends App {
  constructor(props: GatewayChartProps) {
    super();
    new NamespaceChart(this, '10-namespace', props);
    new PriorityClassChart(this, '15-priority-class', props);
    new ServiceAccountChart(this, '20-service-account', props);
    new NetworkPolicyChart(this, '30-network-policy', props);
    new CoreDnsChart(this, '40-coredns', props);
    new SecretsChart(this, '50-secret-provider-class', props);
    const config = new ConfigMapChart(this, '60-config-map', props);
    new ServiceChart(this, '70-service', props);
    const migration = new MigrationChart(this, '75-migration', props);
    new DeploymentChart(this, '80-deployment', {
      ...props,
      configMap: config.configMap,
      migration: migration.job,
    });
    new AutoscalerChart(this, '81-autoscaler', props);
    new DisruptionBudgetChart(this, '82-disruption-budget', props);
    addIngressCharts(this, props);
    // Last: it asks for a certificate, which takes a DNS record that is already answered for.
    new CertificateChart(this, '99-certificate', props);
  }
}
