import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { databasePassword } from '../config/secrets';
import { workload } from '../contract/workload';
import { theCluster } from './harness/cluster';
import { type Attempt, migrate } from './harness/job';
import { filesWith, logsBelow } from './harness/log-scan';
import { Pod, type PodProps } from './harness/pod';
import { poll } from './harness/poll';
import { askPostgres, createDatabase } from './harness/postgres';
import { projectFolder, runFolder } from './harness/project';
import { administrator } from './harness/replicas';
import { onDatabase, withMigration, withPatience } from './harness/upgrade';

/** One rollout after the other on a database of its own, in the order of the tests. */
const DATABASE = 'rollouts';
const cluster = theCluster();
const manifests = onDatabase(cluster.manifests, DATABASE);
const job = manifests.job.metadata.name;
const MIGRATION = '20991231000000_owners';
const NOT_NULL = 'ALTER TABLE "LiteLLM_VerificationToken" ADD COLUMN "owner" TEXT NOT NULL';
const broken = withMigration(cluster.image, MIGRATION, `${NOT_NULL};`, 'broken');
const mended = withMigration(cluster.image, MIGRATION, `${NOT_NULL} DEFAULT '';`, 'mended');

const old = pod('rollout-old', 41);
const next = pod('rollout-next', 42, { image: mended });
const started: Pod[] = [];

beforeAll(() => createDatabase(workload.databaseUser, DATABASE));

afterAll(async () => {
  for (const pod of started) await pod.discard();
});

test('before the Job has run, a pod waits and says for what; when it has, the pod starts', async () => {
  start(old);
  const [, missing, all] = await poll(
    'the pod waits',
    () =>
      new RegExp(`^waiting for Job ${job}: (\\d+) of (\\d+) migrations missing, next \\d{14}_`, 'm').exec(
        old.initLog,
      ) ?? undefined,
  );
  expect(missing).toBe(all);
  expect(old.started).toBe(false);
  expect(await run('first')).toMatchObject({ exitCode: 0 });
  await old.ready();
  expect(old.initLog).toContain(`the schema is there: ${all} migrations\n`);
  // What the next release's migration stumbles over.
  expect((await administrator(old).post('/key/generate', {})).status).toBe(200);
});

test('the same Job once more changes nothing', async () => {
  expect(await run('again')).toMatchObject({ exitCode: 0 });
});

test('a migration that fails fails its Job, and the new pod ends with the reason, while the old one serves', async () => {
  const attempt = await run('broken', broken);
  expect(attempt.exitCode).not.toBe(0);
  expect(attempt.log).toContain(MIGRATION);

  const stopped = pod('rollout-broken', 43, { image: broken });
  start(stopped);
  const reason = new RegExp(
    `ended with 1\n(?:.*\n)*migration ${MIGRATION} failed:(?:.*\n)*.*contains null values(?:.*\n)*.*; look at: kubectl -n litellm logs job/${job}\n`,
  );
  await expect(stopped.ready()).rejects.toThrow(reason);
  expect(stopped.started).toBe(false);
  await expectServing(old);
});

test('a retry of the Job does not hide that', async () => {
  expect((await run('retry', broken)).exitCode).not.toBe(0);
  expect((await run('mended-too-early', mended)).exitCode).not.toBe(0);
});

test('after the repair that the documentation names, a mended release migrates and starts, even at a second attempt', async () => {
  const operations = readFileSync(join(projectFolder, 'docs/operations.md'), 'utf8');
  const [, repair = ''] = /python -c '\n(.*?)' <migration>/s.exec(operations) ?? [];
  expect(old.exec('python', '-c', repair, MIGRATION)).toMatchObject({ status: 0, stdout: '1 rolled back\n' });

  // A first attempt whose node is lost leaves a record without an end and without an error.
  const lost = `insert into _prisma_migrations (id, checksum, migration_name) values ('lost', '', '${MIGRATION}')`;
  askPostgres(workload.databaseUser, lost, DATABASE);
  start(next);
  const missing = () => next.initLog.includes(`, next ${MIGRATION}\n`) || undefined;
  await poll('the new pod waits for the one migration', missing);
  await expectServing(old);
  expect(await run('mended', mended)).toMatchObject({ exitCode: 0 });
  await next.ready();
  await expectServing(old);
});

test('a pod of the old release, rolled back or scaled out, starts on the newer schema at once', async () => {
  const back = pod('rollout-back', 44);
  start(back);
  await back.ready();
  expect(back.initLog).not.toContain('waiting');
  await expectServing(back);
});

test('a database that refuses the login is named as such, and after a while given up on', async () => {
  const vault = { ...cluster.vault, [databasePassword.name]: 'e2eanotherpassword' };
  const impatient = pod('rollout-locked-out', 45, { vault, manifests: withPatience(manifests, 5) });
  start(impatient);
  const reason = `gave up after 5 s: the database does not answer: .*password authentication failed.*; look at: kubectl -n litellm logs job/${job}`;
  await expect(impatient.ready()).rejects.toThrow(new RegExp(reason));
  expect(impatient.initLog).toMatch(
    new RegExp(`^waiting for Job ${job}: the database does not answer: `, 'm'),
  );
  const secrets = [...Object.values(cluster.vault), 'e2eanotherpassword'];
  const logs = new Map([...logsBelow(runFolder)].filter(([path]) => path.includes('/rollout-')));
  expect(logs.size).toBeGreaterThan(10);
  expect(filesWith(secrets, logs)).toEqual([]);
});

function pod(name: string, host: number, change: Partial<PodProps> = {}): Pod {
  return new Pod({ ...cluster, manifests, name, address: `10.244.0.${host}`, ...change });
}

/** One attempt of the Job. */
function run(label: string, image = cluster.image): Promise<Attempt> {
  return migrate({ ...cluster, manifests, image, name: `rollout-job-${label}` });
}

function start(pod: Pod): void {
  pod.start();
  started.push(pod);
}

/** It is healthy, as patiently as a kubelet judges that, and reads and writes its database. */
async function expectServing(pod: Pod): Promise<void> {
  const healthy = async () => {
    const { ready, alive } = await pod.healthy();
    return (ready && alive) || undefined;
  };
  await poll('the pod is healthy', healthy, { seconds: 30, every: 1 });
  expect((await administrator(pod).post('/key/generate', {})).status).toBe(200);
}
