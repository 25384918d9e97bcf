import { parse, parseAllDocuments } from 'yaml';
import type { Environment } from '../../config/environment';
import { type Outputs, unknownOutputs } from '../../contract/outputs';
import type { Subject } from '../../invariants/invariant';
import { KubernetesLayer } from '../../invariants/kubernetes-layer';
import { TerraformLayer } from '../../invariants/terraform-layer';
import { renderKubernetes } from '../../synth/kubernetes';
import { stackFile } from '../../synth/manifest';
import { renderTerraform } from '../../synth/terraform';
import { environmentOf } from './environment';
import type { Json } from './objects';

/** An environment's output, parsed again: tests see what Terraform and Kubernetes see. */
export interface Rendered {
  readonly environment: Environment;
  /** The files' contents by path. */
  readonly files: ReadonlyMap<string, string>;
  /** Those of the Kubernetes layer. */
  readonly manifests: ReadonlyMap<string, string>;
  /** `cdk.tf.json` of the environment's first stack. */
  readonly terraform: Json;
  /** The same of its second one, the add-ons'. */
  readonly addons: Json;
  /** The one resource of a type, or the one with this logical name. */
  resource(type: string, name?: string): Json;
  /** All resources of a type, by logical name. */
  resources(type: string): Record<string, Json>;
  /** Every Kubernetes object, in the order to apply. */
  readonly objects: readonly Json[];
  /** The one object of a kind, or the one with this name. */
  object(kind: string, name?: string): Json;
  /** The one that the gateway's pods mount. */
  readonly configMap: Json;
  /** LiteLLM's config.yaml as LiteLLM reads it: YAML 1.1. */
  readonly config: Json;
  /** The gateway's container. */
  readonly container: Json;
  /** Its environment variables: a value, or the secret's key. */
  readonly variables: Record<string, string>;
  /** What invariants look at. */
  readonly subject: Subject;
}

/** What `cdktf deploy --outputs-file` brings. */
export const outputs: Outputs = {
  gateway_client_id: 'aaaaaaaa-0000-4000-8000-000000000001',
  gateway_principal_id: 'aaaaaaaa-0000-4000-8000-000000000002',
  tenant_id: 'aaaaaaaa-0000-4000-8000-000000000003',
};

export function render(file: unknown, name = 'test', given: Outputs = unknownOutputs): Rendered {
  const environment = environmentOf(file, name);
  // Each layer when it is first looked at: most tests look at one.
  const stacks = once(() =>
    renderTerraform(environment).map(file => ({ ...file, json: JSON.parse(file.content) })),
  );
  const terraformFiles = () => stacks().map(({ stack, content }) => [stackFile(stack), content] as const);
  const terraform = () => stacks()[0]?.json;
  const manifests = once(
    () => new Map(renderKubernetes(environment, given).map(file => [`${name}/${file.path}`, file.content])),
  );
  const objects = once(() => [...manifests().values()].flatMap(documents));
  const resources = (type: string): Record<string, Json> => terraform().resource[type] ?? {};
  const object = (kind: string, called?: string) =>
    only(
      objects().filter(
        found => found.kind === kind && (called === undefined || found.metadata.name === called),
      ),
      `${kind} ${called ?? ''}`,
    );
  const pod = () => object('Deployment').spec.template.spec;
  const container = () => pod().containers[0];
  const configMap = () => object('ConfigMap', pod().volumes[0].configMap.name);
  const config = once(() => parse(configMap().data['config.yaml'], { version: '1.1' }));
  return {
    environment,
    resources,
    resource: (type, called) =>
      only(
        Object.entries(resources(type)).flatMap(([key, value]) =>
          called === undefined || key === called ? [value] : [],
        ),
        `${type} ${called ?? ''}`,
      ),
    object,
    get files() {
      return new Map([...terraformFiles(), ...manifests()]);
    },
    get manifests() {
      return manifests();
    },
    get terraform() {
      return terraform();
    },
    get addons() {
      return stacks()[1]?.json;
    },
    get objects() {
      return objects();
    },
    get configMap() {
      return configMap();
    },
    get config() {
      return config();
    },
    get container() {
      return container();
    },
    get subject() {
      return {
        environment,
        terraform: new TerraformLayer([terraform()]),
        kubernetes: new KubernetesLayer(objects()),
      };
    },
    get variables() {
      return Object.fromEntries<string>(
        container().env.map(({ name: variable, value, valueFrom }: Json) => [
          variable,
          value ?? valueFrom.secretKeyRef.key,
        ]),
      );
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The objects of a manifest. */
export function documents(content: string): Json[] {
  return parseAllDocuments(content).map(document => document.toJS());
}

function only(found: readonly Json[], wanted: string): Json {
  if (found.length !== 1) throw new Error(`${found.length} of ${wanted}`);
  return found[0];
}
