import type { Breach, Invariant, Subject } from './invariant';
import type { Manifest } from './manifests';

/** Kubernetes' MaxSecretSize, which a ConfigMap's values share, in bytes. */
const LIMIT = 1024 * 1024;

/** The API server refuses a larger ConfigMap, after Terraform has made the cloud. */
function checkSize({ kubernetes }: Subject): Breach[] {
  return kubernetes.all<ConfigMap>('ConfigMap').flatMap(({ metadata, data = {} }) => {
    const size = Object.values(data).reduce((sum, value) => sum + Buffer.byteLength(value), 0);
    const message = `holds what makes the ConfigMap ${metadata.name} ${size} bytes large, and Kubernetes takes ${LIMIT}; serve fewer models, or leave out settings of theirs`;
    return size > LIMIT ? [{ path: 'catalogue', message }] : [];
  });
}

interface ConfigMap extends Manifest {
  readonly data?: Readonly<Record<string, string>>;
}

/** What is rendered into a ConfigMap fits it. */
export const configMapSize: readonly Invariant[] = [
  { code: 'config-map-size', severity: 'error', check: checkSize },
];
