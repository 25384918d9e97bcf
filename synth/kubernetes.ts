import { ApiObject } from 'cdk8s';
import { Token } from 'cdktf';
import { stringify } from 'yaml';
import { GatewayApp } from '../charts/gateway-app';
import { GatewayChart } from '../charts/gateway-chart';
import { rememberWords } from '../charts/yaml-words';
import type { Environment } from '../config/environment';
import type { Outputs } from '../contract/outputs';
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
 * @throws Error naming object and field, where a value is undefined or a token of Terraform's
 */
export function renderKubernetes(environment: Environment, outputs: Outputs): ManifestFile[] {
  const app = new GatewayApp({ environment, outputs });
  const charts = app.node.children.filter((child): child is GatewayChart => child instanceof GatewayChart);
  return charts.map(chart => {
    const path = [...(chart.folder ? [chart.folder] : []), `${chart.node.id}.yaml`].join('/');
    const objects = objectsOf(chart);
    for (const object of objects) refuseUnresolved(object, path);
    return { path, content: toYaml(objects), objects };
  });
}

/** What `chart.toJson()` returns, which looks through the whole app for dependencies: ours has none. */
function objectsOf(chart: GatewayChart): Manifest[] {
  return chart.node
    .findAll()
    .filter(ApiObject.isApiObject)
    .map(object => object.toJson());
}

const customTags = rememberWords();

/** What cdk8s's `Yaml.stringify` writes, in half the time. */
function toYaml(objects: readonly Manifest[]): string {
  const options = {
    keepUndefined: true,
    lineWidth: 0,
    version: '1.1',
    directives: false,
    customTags,
  } as const;
  return objects.map(object => stringify(object, options)).join('---\n');
}

/** What a string is when the code that made it was given nothing, or a token of Terraform's. */
const LEFTOVER = /^undefined$|\[object Object\]|\{TfToken\[/;

function refuseUnresolved(object: Manifest, path: string): void {
  const found = findUnresolved(object);
  if (!found) return;
  const { keys, value } = found;
  const field = [`${object.kind}/${object.metadata.name}`, ...keys].join('.');
  throw new Error(
    `${path}: ${field} holds ${JSON.stringify(value)}, which nothing in the cluster can resolve.`,
  );
}

/** The first leftover, and the keys that lead to it. */
function findUnresolved(value: unknown): { keys: readonly string[]; value: unknown } | undefined {
  if (
    typeof value === 'string' ? LEFTOVER.test(value) : typeof value === 'number' && Token.isUnresolved(value)
  ) {
    return { keys: [], value };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, child] of Object.entries(value)) {
    const found = findUnresolved(key) ?? findUnresolved(child);
    if (found) return { ...found, keys: [key, ...found.keys] };
  }
  return undefined;
}
