import { Release } from '@cdktf/provider-helm/lib/release';
import type { Construct } from 'constructs';
import { toYaml } from '../contract/yaml';
import type { helmCharts } from './helm-charts';

export interface HelmReleaseProps {
  readonly chart: (typeof helmCharts)[keyof typeof helmCharts];
  readonly namespace: string;
  readonly values: object;
}

/** Seconds for images to arrive and pods to be ready, on nodes that may have to be made first. */
const TIMEOUT = 900;

/** Installs a chart whole or not at all; the release is named by its construct. */
export function installChart(scope: Construct, name: string, props: HelmReleaseProps): void {
  const { chart, namespace, values } = props;
  new Release(scope, name, {
    ...chart,
    name,
    namespace,
    createNamespace: true,
    values: [toYaml(values)],
    atomic: true,
    wait: true,
    timeout: TIMEOUT,
    maxHistory: 5,
  });
}
