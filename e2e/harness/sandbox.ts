import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Image } from './image';
import type { Container, Manifests, PodSpec } from './manifests';
import { mount } from './mounts';
import { mountedSecrets, type SecretData } from './secrets-store';
import { serviceAccountToken } from './service-account-token';

export interface SandboxProps {
  /** Name of the pod and of its network namespace. */
  readonly name: string;
  /** The pod's. */
  readonly folder: string;
  readonly image: Image;
  readonly manifests: Manifests;
  readonly vault: SecretData;
  readonly spec: PodSpec;
  /** The one of the pod's that runs in it. */
  readonly container: Container;
}

/** bwrap's arguments for the file system of a pod's container: the image, the manifest's volumes, and what a runtime adds. */
export function sandboxArguments(props: SandboxProps): string[] {
  const { name, image, container } = props;
  return [
    ...[
      '--unshare-pid',
      '--unshare-ipc',
      '--unshare-uts',
      '--hostname',
      name,
      '--as-pid-1',
      '--die-with-parent',
    ],
    ...['--tmpfs', '/', '--proc', '/proc', '--dev', '/dev', '--perms', '1777', '--tmpfs', '/dev/shm'],
    ...container.volumeMounts.flatMap(volumeMount => mountArguments(volumeMount, props)),
    // Last, because what it is made of may lie below /tmp on this machine, where the pod has a volume.
    ...image.layers,
    ...(container.securityContext?.readOnlyRootFilesystem
      ? ['--remount-ro', '/']
      : ['--chmod', '0777', '/app']),
    ...['--chdir', image.workingFolder],
  ];
}

/**
 * The command that becomes the container's user, with the groups and capabilities that the manifest leaves it.
 * @throws Error for a manifest that allows more than bubblewrap can: it always sets no_new_privs
 */
export function userCommand({ securityContext: pod }: PodSpec, container: Container, image: Image): string[] {
  if (container.securityContext?.allowPrivilegeEscalation !== false) {
    throw new Error('the container may escalate privileges; set allowPrivilegeEscalation: false');
  }
  const dropped = container.securityContext.capabilities?.drop ?? [];
  return [
    'setpriv',
    `--reuid=${pod?.runAsUser ?? image.user}`,
    `--regid=${image.group}`,
    pod?.fsGroup === undefined ? '--clear-groups' : `--groups=${pod.fsGroup}`,
    '--no-new-privs',
    '--inh-caps=-all',
    ...(dropped.includes('ALL') ? ['--bounding-set=-all'] : []),
  ];
}

function mountArguments(
  { name, mountPath, readOnly }: Container['volumeMounts'][number],
  { folder, manifests, vault, spec }: SandboxProps,
): string[] {
  const { volumes, securityContext, serviceAccountName = 'default' } = spec;
  const volume = volumes.find(candidate => candidate.name === name);
  const source = join(folder, 'volumes', name);
  const { configMap, csi, emptyDir, projected } = volume ?? {};
  // The containers of a pod share its volumes.
  mkdirSync(source, { recursive: true });
  if (emptyDir) {
    // As a kubelet makes it for an fsGroup.
    chownSync(source, 0, securityContext?.fsGroup ?? 0);
    chmodSync(source, 0o2777);
  } else if (configMap) {
    fill(source, manifests.configMaps.find(({ metadata }) => metadata.name === configMap.name)?.data);
  } else if (csi) {
    const { secretProviderClass } = csi.volumeAttributes;
    const provider = manifests.secretProviderClasses.find(
      ({ metadata }) => metadata.name === secretProviderClass,
    );
    fill(source, provider && mountedSecrets(provider, vault));
  } else if (projected) {
    const { namespace = '' } = manifests.deployment.metadata;
    const account = `system:serviceaccount:${namespace}:${serviceAccountName}`;
    const tokens = projected.sources.map(({ serviceAccountToken: { audience, path } }) => [
      path,
      serviceAccountToken(account, audience),
    ]);
    fill(source, Object.fromEntries(tokens));
  } else {
    throw new Error(`the volume ${name} is missing, or of a kind that this harness does not know`);
  }
  return mount(emptyDir && !readOnly ? '--bind' : '--ro-bind', source, mountPath);
}

function fill(folder: string, files: SecretData | undefined): void {
  if (!files) throw new Error(`nothing to mount at ${folder}: the manifests do not have it`);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
}
