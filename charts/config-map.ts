import { createHash } from 'node:crypto';
import { KubeConfigMap } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import {
  type CreateNodeOptions,
  type DocumentOptions,
  type ScalarTag,
  type SchemaOptions,
  stringify,
  type ToStringOptions,
} from 'yaml';
import { workload } from '../contract/workload';
import { GatewayChart, type GatewayChartProps } from './gateway-chart';
import { litellmConfig } from './litellm-config';
import { rememberWords } from './yaml-words';

export const configMapName = 'litellm-config';

/** LiteLLM reads YAML 1.1, in which 6e-7 is a word, not a number, for want of a point. */
const smallNumber: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  identify: value => typeof value === 'number' && /^\d+e/.test(String(value)),
  // Without a test of its own, the library prefers its own tag.
  test: /^\d+\.0e[-+]\d+$/,
  resolve: Number,
  stringify: ({ value }) => String(value).replace('e', '.0e'),
};

const remembered = rememberWords();

/** Also of YAML 1.1: an unquoted 2024-10-21 is a date. Every entry is whole, for whoever reads a diff. */
const CONFIG_YAML: DocumentOptions & SchemaOptions & CreateNodeOptions & ToStringOptions = {
  lineWidth: 0,
  compat: 'yaml-1.1',
  aliasDuplicateObjects: false,
  customTags: tags => [smallNumber, ...remembered(tags)],
};

/** LiteLLM's config.yaml as a ConfigMap. */
export class ConfigMapChart extends GatewayChart {
  /** SHA-256 of the data. On the pod template it makes a changed config roll the pods: LiteLLM reads it at start only. */
  readonly hash: string;

  constructor(scope: Construct, id: string, props: GatewayChartProps) {
    super(scope, id, props);
    const config = stringify(litellmConfig(props.environment), CONFIG_YAML);
    new KubeConfigMap(this, 'config-map', {
      metadata: { name: configMapName, namespace: workload.namespace },
      data: { 'config.yaml': config },
    });
    this.hash = createHash('sha256').update(config).digest('hex');
  }
}
