import { workload as contract } from '../contract/workload';
import type { Manifest, PodTemplate, Workload } from './manifests';

/** Kinds whose pods do work; each keeps its pod template in the same place. */
const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job'];

/** LiteLLM's configuration within its ConfigMap. */
const CONFIG_KEY = 'config.yaml';

/** The objects of an environment's manifests, by kind. Whoever asks says which of the fields it reads. */
export class KubernetesLayer {
  constructor(private readonly objects: readonly Manifest[]) {}

  /** Every object of a kind. */
  all<T extends Manifest>(kind: string): T[] {
    return this.objects.filter(object => object.kind === kind) as T[];
  }

  /** Everything in the gateway's namespace that runs pods: the gateway, and what helps it. */
  get workloads(): Workload[] {
    return WORKLOADS.flatMap(kind => this.all<Workload>(kind)).filter(
      ({ metadata }) => metadata.namespace === contract.namespace,
    );
  }

  /** The gateway's Deployment. */
  get gateway(): Workload {
    return this.named<Workload>('Deployment');
  }

  get autoscaler() {
    return this.named<Manifest & { spec: { minReplicas: number; maxReplicas: number } }>(
      'HorizontalPodAutoscaler',
    ).spec;
  }

  /**
   * The numbers in a block of LiteLLM's config.yaml, as it is mounted. Read as the text that we write: the first run of
   * a YAML parser takes longer than all checks together.
   */
  settings(block: string): Readonly<Record<string, number | undefined>> {
    const numbers = [...this.configBlock(block).matchAll(/^ {2}(\w+): "?([\d.]+)"?$/gm)];
    return Object.fromEntries(numbers.map(([, name, value]) => [name, Number(value)]));
  }

  /** The entries of LiteLLM's model_list: their names, and what `litellm_params` and `model_info` say in a word. */
  get modelList(): Readonly<Record<string, string | undefined>>[] {
    const entries = this.configBlock('model_list')
      .split(/^ {2}- /m)
      .slice(1);
    return entries.map(entry => {
      const words = [...entry.matchAll(/^(?: {6})?(\w+): "?(.+?)"?$/gm)];
      return Object.fromEntries(words.map(([, key, value]) => [key, value]));
    });
  }

  /** The whole of config.yaml. */
  get configText(): string {
    const maps = this.all<Manifest & { data?: Record<string, string> }>('ConfigMap');
    return maps.map(({ data }) => data?.[CONFIG_KEY] ?? '').join('');
  }

  /** The lines of one of its blocks. */
  private configBlock(name: string): string {
    return new RegExp(`^${name}:\\n((?: .*\\n)*)`, 'm').exec(this.configText)?.[1] ?? '';
  }

  private named<T extends Manifest>(kind: string): T {
    const found = this.all<T>(kind).find(
      ({ metadata }) => metadata.name === contract.name && metadata.namespace === contract.namespace,
    );
    if (!found) throw new Error(`An invariant expects a ${kind} ${contract.name}, and none is rendered.`);
    return found;
  }
}

/** The containers of a pod, those that run first included. */
export function containersOf({ spec }: PodTemplate) {
  return [...(spec.initContainers ?? []), ...spec.containers];
}
