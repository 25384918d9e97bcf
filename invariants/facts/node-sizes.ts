/** What one node, or one pod, has or takes. */
export interface Resources {
  /** Millicores. */
  readonly cpu: number;
  /** MiB. */
  readonly memory: number;
}

/**
 * GiB for each vCPU, by family, with the first generation and the largest size that keep to it
 * (learn.microsoft.com/azure/virtual-machines/sizes).
 */
const FAMILIES: Readonly<Record<string, { perCpu: number; since: number; upTo: number }>> = {
  D: { perCpu: 4, since: 3, upTo: 96 },
  E: { perCpu: 8, since: 3, upTo: 48 },
  F: { perCpu: 2, since: 2, upTo: 72 },
};

/** Millicores that AKS reserves, by vCPUs of the node (learn.microsoft.com/azure/aks, "Node resource reservations"). */
const RESERVED_CPU: readonly (readonly [vcpus: number, millicores: number])[] = [
  [1, 60],
  [2, 100],
  [4, 140],
  [8, 180],
  [16, 260],
  [32, 420],
  [64, 740],
];

/** MiB that the kubelet reserves: the same page, for Kubernetes 1.29 and later. */
const RESERVED_PER_POD = 20;
const RESERVED_BASE = 50;
const RESERVED_AT_MOST = 0.25;
const EVICTION_THRESHOLD = 100;

/** What the machine itself keeps: one of 4096 MiB shows 3931 (Azure/AKS#3525). */
const MEMORY_SHOWN = 0.96;

/**
 * What AKS's own pods request on every node: some 750 MiB (Azure/AKS#3525), 250 millicores for Azure's network policy
 * (Azure/AKS#2033) and the rest for kube-proxy, the CSI drivers, the cloud node manager, Defender
 * and the agent of the pods' logs.
 */
const SYSTEM_PODS = { cpu: 600, memory: 750, pods: 15 };

/** What is left on a node for the gateway; undefined for a VM size whose name does not say what it has. */
export function roomOn(vmSize: string, maxPods: number): (Resources & { pods: number }) | undefined {
  const [, family = '', digits, generation] = /^Standard_([A-Z])(\d+)[a-z]*_v(\d+)$/.exec(vmSize) ?? [];
  const known = FAMILIES[family];
  const vcpus = Number(digits);
  if (!known || Number(generation) < known.since || vcpus > known.upTo) return undefined;

  const shown = vcpus * known.perCpu * 1024 * MEMORY_SHOWN;
  const reserved = Math.min(RESERVED_PER_POD * maxPods + RESERVED_BASE, RESERVED_AT_MOST * shown);
  return {
    cpu: vcpus * 1000 - reservedCpu(vcpus) - SYSTEM_PODS.cpu,
    memory: Math.floor(shown - reserved - EVICTION_THRESHOLD - SYSTEM_PODS.memory),
    pods: maxPods - SYSTEM_PODS.pods,
  };
}

/** Beyond the table, and between its rows, ten millicores for each vCPU, as in its last rows. */
function reservedCpu(vcpus: number): number {
  const [listed, millicores] = RESERVED_CPU.findLast(([size]) => size <= vcpus) ?? [0, 0];
  return millicores + 10 * (vcpus - listed);
}

/** How many pods of one kind a node takes. */
export function podsPerNode(room: Resources & { pods: number }, pod: Resources): number {
  const fitting = Math.min(room.cpu / pod.cpu, room.memory / pod.memory, room.pods);
  return Math.max(0, Math.floor(fitting));
}
