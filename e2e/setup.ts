import { startCluster } from './harness/cluster';
import { migrate } from './harness/job';
import { readManifests } from './harness/manifests';
import { announce } from './harness/project';
import { replica, replicaNames } from './harness/replicas';

/** The environment under test: it reaches every service with a password, so that a test can stand in for each. */
const ENVIRONMENT = 'article';

/** Runs once, before all test files. */
export default async function setup(): Promise<void> {
  const cluster = await startCluster(readManifests(ENVIRONMENT));
  const { exitCode, log } = await migrate({ ...cluster, name: 'migration' });
  if (exitCode !== 0) throw new Error(`the migration Job ended with ${exitCode}\n${log}`);
  // One after the other, as a rolling update starts them.
  for (const name of replicaNames) {
    const started = Date.now();
    const pod = replica(name);
    pod.start();
    await pod.ready();
    announce(
      `${name} of the ${ENVIRONMENT} Deployment is ready after ${((Date.now() - started) / 1000).toFixed()} s`,
    );
  }
}
