import { masterKey } from '../../config/secrets';
import { Client } from './client';
import { theCluster } from './cluster';
import { Pod, type PodProps } from './pod';
import { secretOf } from './secrets-store';

/** The two pods that a Deployment starts with, and that all test files use. */
export const replicaNames = ['replica-a', 'replica-b'] as const;

const addresses: Record<string, string> = { 'replica-a': '10.244.0.11', 'replica-b': '10.244.0.12' };

/** A running replica. */
export function replica(name: (typeof replicaNames)[number]): Pod {
  return new Pod({ ...theCluster(), name, address: addresses[name] ?? '' });
}

/** A pod of one test's own, whose manifests the test may change. */
export function ownPod(name: string, change: Partial<PodProps> = {}): Pod {
  return new Pod({ ...theCluster(), name, address: '10.244.0.21', ...change });
}

/** A client with the gateway's master key. */
export function administrator(pod: Pod): Client {
  return new Client(pod, secretOf(theCluster().vault, masterKey));
}
