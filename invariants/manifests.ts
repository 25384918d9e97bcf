/** Kubernetes objects as they are written, of which these are the fields that invariants read. */
export interface Manifest {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

export interface Workload extends Manifest {
  readonly spec: {
    readonly template: PodTemplate;
    /** A Deployment's. */
    readonly strategy?: { readonly rollingUpdate?: { readonly maxSurge?: number | string } };
  };
}

export interface PodTemplate {
  readonly metadata?: { readonly labels?: Labels };
  readonly spec: {
    readonly serviceAccountName?: string;
    readonly terminationGracePeriodSeconds?: number;
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[];
    readonly topologySpreadConstraints?: readonly SpreadConstraint[];
    readonly volumes?: readonly Volume[];
  };
}

export interface Container {
  readonly name: string;
  readonly env?: readonly EnvironmentVariable[];
  readonly resources?: { readonly requests?: { readonly cpu?: string; readonly memory?: string } };
  readonly lifecycle?: { readonly preStop?: unknown };
}

interface EnvironmentVariable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef?: { readonly name: string; readonly key: string } };
}

export interface SpreadConstraint {
  readonly topologyKey: string;
  readonly whenUnsatisfiable: string;
  readonly minDomains?: number;
  readonly labelSelector?: Selector;
}

interface Volume {
  readonly csi?: { readonly volumeAttributes?: Readonly<Record<string, string>> };
}

export type Labels = Readonly<Record<string, string>>;

export interface Selector {
  readonly matchLabels?: Labels;
}

/** Whether a selector takes pods with these labels; an empty one takes all. */
export function selects({ matchLabels = {} }: Selector, labels: Labels = {}): boolean {
  return Object.entries(matchLabels).every(([name, value]) => labels[name] === value);
}
