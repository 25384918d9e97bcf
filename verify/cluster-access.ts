/** How kubectl reaches a cluster. */
export interface ClusterAccess {
  /** A file of our own; undefined for the user's. */
  readonly kubeconfig?: string;
  /** A context of the user's own kubeconfig. */
  readonly context?: string;
}

/** The same as kubectl's options. */
export function accessOptions({ kubeconfig, context }: ClusterAccess): string[] {
  return [
    ...(kubeconfig === undefined ? [] : [`--kubeconfig=${kubeconfig}`]),
    ...(context === undefined ? [] : [`--context=${context}`]),
  ];
}
