import { createHash } from 'node:crypto';
import { KubeConfigMap } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { workload } from '../contract/workload';
import { toYaml } from '../contract/yaml';
import { GatewayChart, type GatewayChartProps } from './gateway-chart';
import { litellmConfig } from './litellm-config';

/**
 * LiteLLM's config.yaml as a ConfigMap that never changes: another config is another object, and pods roll, as LiteLLM
 * reads it at start only (docs/decisions/0017-a-config-of-its-own-for-each-revision.md).
 */
export class ConfigMapChart extends GatewayChart {
  /** Its name, which carries a hash of what it holds. */
  readonly configMap: string;

  constructor(scope: Construct, id: string, props: GatewayChartProps) {
    super(scope, id, props);
    const config = toYaml(litellmConfig(props.environment));
    this.configMap = `${workload.config}-${createHash('sha256').update(config).digest('hex').slice(0, 10)}`;
    new KubeConfigMap(this, 'config-map', {
      metadata: { name: this.configMap, namespace: workload.namespace },
      immutable: true,
      data: { 'config.yaml': config },
    });
  }
}
