import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentOf } from '../__tests__/helpers/environment';
import { outputs } from '../__tests__/helpers/render';
import { gatewaySecret } from '../charts/secrets';
import { masterKey } from '../config/secrets';
import dev from '../environments/dev';
import { MACHINE_BUNDLE } from './harness/certificates';
import type { Cluster } from './harness/cluster';
import { scopes } from './harness/entra';
import {
  before,
  type IdentityStage,
  type Parts,
  podManifests,
  principal,
  role,
  startIdentity,
  waiting,
} from './harness/identity-stage';
import { migrate } from './harness/job';
import { filesWith, logsBelow } from './harness/log-scan';
import { manifestsOf } from './harness/manifests';
import { mount } from './harness/mounts';
import { Pod } from './harness/pod';
import { poll } from './harness/poll';
import { logsIn } from './harness/postgres';
import { runFolder, runsFolder } from './harness/project';
import { connected, expel, pingAs } from './harness/redis-users';
import { render } from './harness/rendered';
import type { SecretData } from './harness/secrets-store';
import { withWorkloadIdentity } from './harness/workload-identity';

const after = environmentOf({ ...dev, secretsRevision: before.secretsRevision + 1 }, 'dev');

let stage: IdentityStage;
let cluster: Parts['cluster'];
let entra: Parts['entra'];
let upstream: Parts['upstream'];
let a: Pod;
let b: Pod;
let rotated: SecretData;

beforeAll(async () => {
  stage = await startIdentity();
  ({ cluster, entra, upstream, a, b } = stage.parts);
  rotated = { ...cluster.vault, [masterKey.name]: 'sk-e2e-rotated' };
});

afterAll(() => upstream.stop());

test('the pods wait for the Job, which migrates the database with a token of its identity', () => {
  expect(stage.parts.migration).toMatchObject({ exitCode: 0 });
  for (const pod of [a, b]) {
    expect(pod.initLog).toMatch(waiting);
    expect(pod.initLog).toMatch(/^the schema is there: \d+ migrations$/m);
  }
});

test('the pods have no password of a service, and Entra refuses none of their requests', () => {
  expect(Object.keys(cluster.vault).filter(name => /database|redis|azure/.test(name))).toEqual([]);
  expect(entra.refused).toEqual([]);
  expect(new Set(entra.issued.map(({ scope }) => scope))).toContain(scopes.redis);
});

test('a pod without the label for workload identity gets no identity', () => {
  const unlabelled = structuredClone(manifestsOf(render(before, outputs, 'unlabelled').objects as never));
  for (const { spec } of [unlabelled.deployment, unlabelled.job]) {
    Reflect.deleteProperty(spec.template.metadata.labels, 'azure.workload.identity/use');
  }
  expect(withWorkloadIdentity(unlabelled)).toEqual(unlabelled);
});

test('Redis knows the pods by their principal id and token, and nobody else', async () => {
  const { certificates } = cluster;
  expect(pingAs(certificates, undefined)).toContain('NOAUTH');
  expect(pingAs(certificates, { user: principal, token: 'wrong' })).toContain('WRONGPASS');
  await stage.untilCached(a, 'Who goes there?');
  expect(connected(certificates)).toContain(principal);
});

test('an answer that one replica got is served by the other from Redis', async () => {
  await stage.untilCached(a, 'Which colours mix to violet?');
  expect((await stage.ask(b, 'Which colours mix to violet?')).status).toBe(200);
  expect(upstream.mentioning('Which colours mix to violet?')).toHaveLength(1);
});

test('when its tokens expire, Redis gets new ones, and requests are cached as before', async () => {
  await stage.expired(scopes.redis);
  const old = entra.tokens(scopes.redis);
  expel(cluster.certificates, principal);
  for (const token of old) {
    expect(pingAs(cluster.certificates, { user: principal, token })).toContain('WRONGPASS');
  }
  // LiteLLM leaves a Redis that failed alone for a minute.
  const prompt = await poll(
    'caching resumes',
    async () => {
      const question = `Are you back at ${performance.now()}?`;
      await stage.untilCached(a, question, 3);
      await stage.ask(b, question);
      return upstream.mentioning(question).length === 1 ? question : undefined;
    },
    { seconds: 180, every: 1 },
  );
  expect(upstream.mentioning(prompt)).toHaveLength(1);
  expect(entra.tokens(scopes.redis).length).toBeGreaterThan(old.length);
});

test('Azure OpenAI gets a token and no key, and a newer one when that is about to expire', async () => {
  await stage.ask(a, 'First?');
  const first = stage.authentication('First?');
  expect(entra.tokens(scopes.openAi).map(token => `Bearer ${token}`)).toContain(first.authorization);
  expect(first).not.toHaveProperty('api-key');
  await stage.expired(scopes.openAi);
  await stage.ask(a, 'Second?');
  const second = stage.authentication('Second?');
  expect(second.authorization).toBe(`Bearer ${entra.tokens(scopes.openAi).at(-1)}`);
  expect(second.authorization).not.toBe(first.authorization);
  expect(second).not.toHaveProperty('api-key');
});

test('a database whose certificate the image does not trust gets no token', async () => {
  const { image } = cluster;
  const layers = [...image.layers, ...mount('--ro-bind', MACHINE_BUNDLE)];
  const attempt = await migrate({ ...cluster, image: { ...image, layers }, name: 'identity-distrust' });
  expect(attempt.exitCode).not.toBe(0);
  expect(attempt.log).toContain('certificate verify failed');
});

test('PostgreSQL knows the pods by the name of their identity and a token', async () => {
  const { status, body } = await stage.administrator(a).get('/health/readiness');
  expect({ status, db: body.db }).toEqual({ status: 200, db: 'connected' });
  expect((await stage.administrator(a).post('/key/generate', {})).status).toBe(200);
  expect(stage.backends()).toBeGreaterThan(0);
});

test('when its token is replaced and its connections end, PostgreSQL gets the new one', async () => {
  const [old = ''] = entra.tokens(scopes.postgres);
  expect(logsIn(role, old)).toBe(true);
  const { token } = entra.renew(scopes.postgres);
  expect([logsIn(role, old), logsIn(role, token)]).toEqual([false, true]);
  stage.endBackends();
  const status = await poll(
    'a key is made again',
    async () => {
      const answer = await stage.administrator(a).post('/key/generate', {});
      return answer.status === 200 && stage.backends() > 0 ? answer.status : undefined;
    },
    { seconds: 150, every: 1 },
  );
  expect(status).toBe(200);
});

test('after the roll that a raised secretsRevision causes, only the new master key opens the gateway', async () => {
  const next = podManifests(after, 'after');
  const used = next.deployment.spec.template.spec.containers[0].env.flatMap(({ valueFrom }) =>
    valueFrom ? [valueFrom.secretKeyRef.name] : [],
  );
  expect(gatewaySecret(after)).not.toBe(gatewaySecret(before));
  expect(new Set(used)).toEqual(new Set([gatewaySecret(after)]));

  const pod = new Pod({
    ...cluster,
    manifests: next,
    vault: rotated,
    name: 'identity-c',
    address: '10.244.0.13',
  });
  pod.start();
  await pod.ready();
  const opens = async (at: Pod, vault: SecretData) =>
    (await stage.administrator(at, vault).get('/v1/models')).status;
  expect([await opens(pod, cluster.vault), await opens(pod, rotated)]).toEqual([401, 200]);
});

test('no log of the run holds a secret or a token', () => {
  const article = join(runsFolder, 'cluster.json');
  const vaults: SecretData[] = [cluster.vault, rotated];
  // The other suite's logs are there when it ran before.
  if (existsSync(article)) vaults.push((JSON.parse(readFileSync(article, 'utf8')) as Cluster).vault);
  const secrets = [...vaults.flatMap(Object.values), ...entra.issued.map(({ token }) => token)];
  const logs = logsBelow(runsFolder);
  const names = [...logs.keys()].join('\n');
  const pods = ['identity-a', 'identity-b', 'identity-c'].flatMap(name => [
    `${name}/wait-for-schema.log`,
    `${name}/litellm.log`,
  ]);
  for (const name of [...pods, 'identity-migration/migration.log', 'redis.log', 'postgres.log']) {
    expect(names).toContain(name);
  }
  expect(filesWith(secrets, logs)).toEqual([]);

  const planted = join(runFolder, 'planted.log');
  for (const secret of secrets) {
    writeFileSync(planted, `{"message": "${secret}"}`);
    expect(filesWith(secrets, logsBelow(runsFolder))).toEqual([planted]);
  }
  rmSync(planted);
});
