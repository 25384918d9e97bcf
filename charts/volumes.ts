import { Quantity, type Volume, type VolumeMount } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Environment } from '../config/environment';
import { gatewaySecret } from './secrets';

/** The only directories that LiteLLM may write to: the root filesystem is read-only (the article's list). */
export const paths = {
  cache: '/app/cache',
  migrations: '/app/migrations',
  ui: '/app/var/litellm/ui',
  assets: '/app/var/litellm/assets',
  tmp: '/tmp',
} as const;

/** A full directory evicts its own pod instead of filling the node's disk. */
const limits: Record<keyof typeof paths, string> = {
  cache: '512Mi',
  migrations: '64Mi',
  ui: '256Mi',
  assets: '64Mi',
  tmp: '1Gi',
};

const writable = Object.keys(paths) as (keyof typeof paths)[];

export function volumes(environment: Environment): Volume[] {
  return [
    {
      // The driver mirrors the vault into the Secret only while some pod mounts this.
      name: 'secrets',
      csi: {
        driver: 'secrets-store.csi.k8s.io',
        readOnly: true,
        volumeAttributes: { secretProviderClass: gatewaySecret(environment) },
      },
    },
    ...writable.map(name => ({ name, emptyDir: { sizeLimit: Quantity.fromString(limits[name]) } })),
  ];
}

export const volumeMounts: VolumeMount[] = [
  { name: 'secrets', mountPath: '/mnt/secrets', readOnly: true },
  ...writable.map(name => ({ name, mountPath: paths[name] })),
];
