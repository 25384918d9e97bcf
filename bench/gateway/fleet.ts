import { performance } from 'node:perf_hooks';
import { Client } from '../../e2e/harness/client';
import { type Cluster, startCluster } from '../../e2e/harness/cluster';
import { migrate } from '../../e2e/harness/job';
import type { Manifests } from '../../e2e/harness/manifests';
import { Pod } from '../../e2e/harness/pod';
import { announce } from '../../e2e/harness/project';
import { byRedisUrl, withWorkers } from './variants';

/** A pod, and how long it took to be ready. */
export interface Started {
  readonly pod: Pod;
  readonly milliseconds: number;
}

/** The pods to measure, all of them ready and at rest. */
interface Fleet {
  readonly cluster: Cluster;
  readonly replicas: readonly [Started, Started];
  readonly redisUrl: Started;
  readonly fourWorkers: Started;
  /** A virtual key, with limits of its own: every request is counted in Redis. */
  readonly key: string;
}

export async function startFleet(): Promise<Fleet> {
  const manifests = withWorkers(1);
  const cluster = await startCluster(manifests);
  const { exitCode, log } = await migrate({ ...cluster, name: 'migration' });
  if (exitCode !== 0) throw new Error(`the migration Job ended with ${exitCode}\n${log}`);
  // One after the other, so that each has the machine for itself.
  const start = async (name: string, host: number, changed: Manifests = manifests): Promise<Started> => {
    const started = performance.now();
    const pod = new Pod({ ...cluster, manifests: changed, name, address: `10.244.0.${host}` });
    pod.start();
    await pod.ready();
    const milliseconds = performance.now() - started;
    announce(`${name} is ready after ${(milliseconds / 1000).toFixed()} s`);
    return { pod, milliseconds };
  };
  const replicas = [await start('replica-a', 11), await start('replica-b', 12)] as const;
  const redisUrl = await start('redis-url', 13, byRedisUrl(manifests));
  const fourWorkers = await start('four-workers', 14, withWorkers(4));
  const administrator = new Client(replicas[0].pod, cluster.vault['litellm-master-key'] ?? '');
  const limits = { rpm_limit: 1_000_000, tpm_limit: 1_000_000_000 };
  const { key } = (await administrator.post('/key/generate', limits)).body;
  return { cluster, replicas, redisUrl, fourWorkers, key };
}
