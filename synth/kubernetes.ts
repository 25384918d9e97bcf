import { ApiObject } from 'cdk8s';
import { GatewayApp } from '../charts/gateway-app';
import { GatewayChart } from '../charts/gateway-chart';
import type { Environment } from '../config/environment';
import type { Outputs } from '../contract/outputs';
import { toYaml } from '../contract/yaml';
import type { Manifest } from '../invariants/manifests';

/** A file of manifests. */
interface ManifestFile {
  /** Below the environment's folder: `80-deployment.yaml`, `after-dns/99-certificate.yaml`. */
  readonly path: string;
  readonly content: string;
  /** What it holds. */
  readonly objects: readonly Manifest[];
}

/**
 * Renders the charts in memory, in the order to apply.
 * @throws Error with the lines, where a value is undefined or a token of Terraform's
 */
export function renderKubernetes(environment: Environment, outputs: Outputs): ManifestFile[] {
  const app = new GatewayApp({ environment, outputs });
  const charts = app.node.children.filter((child): child is GatewayChart => child instanceof GatewayChart);
  return charts.map(chart => {
    const path = [...(chart.folder ? [chart.folder] : []), `${chart.node.id}.yaml`].join('/');
    const objects = objectsOf(chart);
    const content = objects.map(object => toYaml(object)).join('---\n');
    refuseLeftover(content, path);
    return { path, content, objects };
  });
}

/** What `chart.toJson()` returns, which looks through the whole app for dependencies: ours has none. */
function objectsOf(chart: GatewayChart): Manifest[] {
  return chart.node
    .findAll()
    .filter(ApiObject.isApiObject)
    .map(object => object.toJson());
}

/** What is written where the code was given nothing, or a token of Terraform's: as a number, some -8e298. */
const LEFTOVER = /undefined(?<=(?:[:-] |^ *)undefined)(?:$|:)|\[object Object\]|\{TfToken\[|e\+298/m;

function refuseLeftover(content: string, path: string): void {
  if (!LEFTOVER.test(content)) return;
  const lines = content.split('\n');
  const line = lines.findIndex(line => LEFTOVER.test(line));
  // The line above mostly names it.
  const shown = lines.slice(Math.max(0, line - 1), line + 1).join('\n');
  throw new Error(`${path}: nothing in the cluster can resolve the last of\n${shown}`);
}
