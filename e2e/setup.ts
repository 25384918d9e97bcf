import { startCluster } from './harness/cluster';
import { readManifests } from './harness/manifests';
import { announce } from './harness/project';
import { replica, replicaNames } from './harness/replicas';

/** The environment under test: it reaches every service with a password, so that a test can stand in for each. */
const ENVIRONMENT = 'article';

/** Runs once, before all test files. */
export default async function setup(): Promise<void> {
  await startCluster(readManifests(ENVIRONMENT));
  // One after the other, as a rolling update starts them; the first one migrates the database.
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
