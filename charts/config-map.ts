import { createHash } from 'node:crypto';
import { KubeConfigMap } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { type Document, visit } from 'js-yaml';
import { workload } from '../contract/workload';
import { toYaml } from '../contract/yaml';
import { GatewayChart, type GatewayChartProps } from './gateway-chart';
import { litellmConfig } from './litellm-config';

export const configMapName = 'litellm-config';

/** The library writes 6.e-7, which is the same number as 6.0e-7 in a config of other text: every pod would roll. */
function writeZeros(documents: Document[]): void {
  visit(documents, node => {
    if (node.kind !== 'scalar' || node.tag !== 'tag:yaml.org,2002:float') return;
    node.value = node.value.replace('.e', '.0e');
  });
}

/** LiteLLM's config.yaml as a ConfigMap. */
export class ConfigMapChart extends GatewayChart {
  /** SHA-256 of the data. On the pod template it makes a changed config roll the pods: LiteLLM reads it at start only. */
  readonly hash: string;

  constructor(scope: Construct, id: string, props: GatewayChartProps) {
    super(scope, id, props);
    const config = toYaml(litellmConfig(props.environment), { transform: writeZeros });
    new KubeConfigMap(this, 'config-map', {
      metadata: { name: configMapName, namespace: workload.namespace },
      data: { 'config.yaml': config },
    });
    this.hash = createHash('sha256').update(config).digest('hex');
  }
}
