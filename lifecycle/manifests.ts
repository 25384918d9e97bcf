import { join } from 'node:path';
import { fromYaml } from '../contract/yaml';
import type { Manifest as KubernetesObject } from '../invariants/manifests';
import type { Synthesis } from '../synth/synthesize';

/** An object of a manifest, by what kubectl needs to find it. */
export interface ObjectId {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

export interface Manifest {
  /** Where it lies: `dist/kubernetes/dev/80-deployment.yaml`. */
  readonly path: string;
  readonly objects: readonly ObjectId[];
  /** Whether it has to wait until public resolvers answer for the host: what orders the certificate. */
  readonly afterDns: boolean;
}

/** An environment's manifests in the order to apply: the files', as synth has written them. */
export function manifestsOf({ kubernetes }: Synthesis, root: string): Manifest[] {
  // What lies beside them is for readers.
  const files = [...kubernetes].filter(([path]) => path.endsWith('.yaml'));
  return files.map(([path, content]) => ({
    path: join(root, path),
    afterDns: path.includes('/after-dns/'),
    objects: (fromYaml(content) as KubernetesObject[]).map(({ kind, metadata }) => ({
      kind,
      name: metadata.name,
      namespace: metadata.namespace ?? '',
    })),
  }));
}

/** The objects of a kind in any of the manifests. */
export function objectsOf(manifests: readonly Manifest[], kind: string): ObjectId[] {
  return manifests.flatMap(({ objects }) => objects.filter(object => object.kind === kind));
}
