import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { projectFolder } from './project';

/** As much of a Kubernetes object as any of them has. */
export interface KubernetesObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

interface ConfigMap extends KubernetesObject {
  readonly data: Record<string, string>;
}

export interface ServiceAccount extends KubernetesObject {
  readonly metadata: KubernetesObject['metadata'] & {
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

export interface SecretProviderClass extends KubernetesObject {
  readonly spec: {
    readonly parameters: { readonly objects: string };
    readonly secretObjects: {
      readonly secretName: string;
      readonly data: { readonly key: string; readonly objectName: string }[];
    }[];
  };
}

export interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
}

export interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string | number };
  readonly initialDelaySeconds?: number;
  readonly periodSeconds?: number;
  readonly timeoutSeconds?: number;
  readonly failureThreshold?: number;
}

export interface Container {
  readonly name: string;
  /** Takes the place of the image's entry point. */
  readonly command?: string[];
  readonly args?: string[];
  env: EnvVar[];
  readonly securityContext?: {
    readonly allowPrivilegeEscalation?: boolean;
    readonly readOnlyRootFilesystem?: boolean;
    readonly capabilities?: { readonly drop?: string[] };
  };
  volumeMounts: { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }[];
}

/** A container that answers requests. */
export interface ServingContainer extends Container {
  readonly ports: { readonly name: string; readonly containerPort: number }[];
  readonly startupProbe?: Probe;
  readonly readinessProbe: Probe;
  readonly livenessProbe: Probe;
  readonly lifecycle?: { readonly preStop: { readonly exec: { readonly command: string[] } } };
}

export interface PodSpec<Main extends Container = Container> {
  readonly terminationGracePeriodSeconds?: number;
  readonly securityContext?: { readonly runAsUser?: number; readonly fsGroup?: number };
  readonly serviceAccountName?: string;
  readonly initContainers?: Container[];
  readonly containers: [Main];
  volumes: {
    readonly name: string;
    readonly configMap?: { readonly name: string };
    readonly csi?: { readonly volumeAttributes: { readonly secretProviderClass: string } };
    readonly emptyDir?: object;
    readonly projected?: {
      readonly sources: {
        readonly serviceAccountToken: { readonly audience: string; readonly path: string };
      }[];
    };
  }[];
}

interface PodTemplate<Main extends Container = Container> {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: PodSpec<Main>;
}

interface Deployment extends KubernetesObject {
  readonly spec: { readonly template: PodTemplate<ServingContainer> };
}

interface Job extends KubernetesObject {
  readonly spec: { readonly activeDeadlineSeconds: number; readonly template: PodTemplate };
}

/** What was synthesized for one environment. */
export interface Manifests {
  readonly deployment: Deployment;
  /** Migrates the database. */
  readonly job: Job;
  readonly configMaps: ConfigMap[];
  readonly secretProviderClasses: SecretProviderClass[];
  readonly serviceAccounts: ServiceAccount[];
}

/** Reads an environment's rendered objects, all of its files. */
export function readManifests(environment: string): Manifests {
  const folder = join(projectFolder, 'dist/kubernetes', environment);
  const objects = readdirSync(folder)
    .filter(file => file.endsWith('.yaml'))
    .flatMap(file => parseAllDocuments(readFileSync(join(folder, file), 'utf8')))
    .map(document => document.toJS() as KubernetesObject);
  return manifestsOf(objects);
}

/** Those of an environment's objects that make a pod. */
export function manifestsOf(objects: readonly KubernetesObject[]): Manifests {
  const ofKind = (kind: string) => objects.filter(object => object.kind === kind);
  const only = (kind: string) => {
    const [object, ...others] = ofKind(kind);
    if (!object || others.length > 0) throw new Error(`there is not exactly one ${kind}`);
    return object;
  };
  return {
    deployment: only('Deployment') as Deployment,
    job: only('Job') as Job,
    configMaps: ofKind('ConfigMap') as ConfigMap[],
    secretProviderClasses: ofKind('SecretProviderClass') as SecretProviderClass[],
    serviceAccounts: ofKind('ServiceAccount') as ServiceAccount[],
  };
}

/** LiteLLM's config.yaml, as the pods see it. */
export function configYaml({ configMaps }: Manifests): string {
  const config = configMaps.flatMap(({ data }) => data['config.yaml'] ?? [])[0];
  if (config === undefined) throw new Error('no ConfigMap holds a config.yaml');
  return config;
}
