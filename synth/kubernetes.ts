import { Yaml } from 'cdk8s';
import { Token } from 'cdktf';
import { GatewayApp } from '../charts/gateway-app';
import { GatewayChart } from '../charts/gateway-chart';
import type { Environment } from '../config/environment';
import type { Outputs } from '../contract/outputs';
import type { Manifest } from '../invariants/manifests';

/** A file of manifests. */
export interface ManifestFile {
  /** Below the environment's folder: `80-deployment.yaml`, `after-dns/99-certificate.yaml`. */
  readonly path: string;
  readonly content: string;
  /** What it holds. */
  readonly objects: readonly Manifest[];
}

/**
 * Renders the charts in memory, in the order to apply.
 * @throws Error naming object and field, where a value is undefined or a token of Terraform's
 */
export function renderKubernetes(environment: Environment, outputs: Outputs): ManifestFile[] {
  const app = new GatewayApp({ environment, outputs });
  const charts = app.node.children.filter((child): child is GatewayChart => child instanceof GatewayChart);
  return charts.map(chart => {
    const path = [...(chart.folder ? [chart.folder] : []), `${chart.node.id}.yaml`].join('/');
    const objects: Manifest[] = chart.toJson();
    for (const object of objects) refuseUnresolved(object, `${path}: ${object.kind}/${object.metadata.name}`);
    return { path, content: Yaml.stringify(...objects), objects };
  });
}

/** What a value is when the code that made it was given nothing. */
const LEFTOVER = /^undefined$|\[object Object\]/;

function refuseUnresolved(value: unknown, path: string): void {
  if (Token.isUnresolved(value) || (typeof value === 'string' && LEFTOVER.test(value))) {
    throw new Error(`${path} holds ${JSON.stringify(value)}, which nothing in the cluster can resolve.`);
  }
  if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) refuseUnresolved(child, `${path}.${key}`);
  }
}
