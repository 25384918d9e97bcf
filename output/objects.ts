import { PREVIEW_LABEL } from '../contract/outputs';
import { fromYaml } from '../contract/yaml';
import { isFields } from './fields';
import { opened } from './opened';

/** A Kubernetes object, as far as a comparison reads it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** The objects of a manifest file. */
export function readObjects(content: string): KubernetesObject[] {
  return fromYaml(content).filter(isFields) as unknown as KubernetesObject[];
}

/** `litellm/litellm-proxy`; a cluster-wide object has its name alone. */
export function objectName({ metadata: { name, namespace } }: KubernetesObject): string {
  return namespace ? `${namespace}/${name}` : name;
}

/** Whether the API server would have refused the object, so that it cannot be in a cluster. */
export function isPreview({ metadata }: KubernetesObject): boolean {
  return metadata.labels?.[PREVIEW_LABEL] !== undefined;
}

/**
 * What is compared of an object: without the preview's label, and with documents that are embedded as text opened.
 */
export function comparable(object: KubernetesObject): unknown {
  const { [PREVIEW_LABEL]: _, ...labels } = object.metadata.labels ?? {};
  const plain = { ...object, metadata: { ...object.metadata, labels } };
  return object.kind === 'ConfigMap' || object.kind === 'SecretProviderClass' ? opened(plain) : plain;
}
