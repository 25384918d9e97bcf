import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { environmentFiles, environmentOf } from '../__tests__/helpers/environment';
import { testHost } from '../__tests__/helpers/host';
import type { Options } from '../verify/options';
import { patience } from '../verify/patience';
import { suite } from '../verify/suite';
import { verifyEnvironment } from '../verify/verify';
import { brokenGuards } from './harness/broken-guards';
import { brokenServices } from './harness/broken-services';
import { Authority } from './harness/chains';
import { changeContainer, setVariables } from './harness/change';
import { theCluster } from './harness/cluster';
import { Front, frontAddress } from './harness/front';
import { projectFolder, runFolder } from './harness/project';
import { requirePassword, startRedis, stopRedis } from './harness/redis';
import { administrator, ownPod, replica } from './harness/replicas';
import { Upstream } from './harness/upstream';

const NAME = 'article';
const environment = environmentOf(environmentFiles().get(NAME), NAME);
/** The same, but that nobody waits for a bill. */
const { gateway } = environment;
const hurried = {
  ...environment,
  gateway: { ...gateway, database: { ...gateway.database, batchWriteSeconds: 1 } },
};
const { certificates, manifests, vault } = theCluster();
const masterKey = vault['litellm-master-key'] ?? '';
const pods = [replica('replica-a').url, replica('replica-b').url];
const authority = new Authority(join(runFolder, 'authority'));
const front = new Front(pods[0] ?? '');
let upstream: Upstream;

beforeAll(async () => {
  upstream = await Upstream.start(certificates);
  await front.start(authority.issue(environment.host));
});

afterEach(() => {
  front.mischief = {};
});

afterAll(async () => {
  await front.stop();
  await upstream.stop();
  await expectNothingLeft();
});

/** LiteLLM does at once what the suite waits for, but for what its other workers have to hear of. */
const hurry = {
  ...patience,
  every: 0.2,
  cache: 2,
  budget: 2,
  expiry: 4,
  propagation: 3,
  quiet: 1,
  writing: 1,
  metrics: 4,
};

/** What fails of the environment's gateway at the front's address. */
async function failures(options: Partial<Options>): Promise<string[]> {
  const host = testHost({ env: { LITELLM_MASTER_KEY: masterKey } });
  await verifyEnvironment(hurried, host, {
    json: true,
    timeout: 20,
    resolve: frontAddress,
    ca: authority.root,
    patience: hurry,
    ...options,
  });
  const { checks } = JSON.parse(host.said.out.join('\n')) as Report;
  return checks.filter(({ status }) => status === 'failed').map(({ id }) => id);
}

interface Report {
  readonly passed: number;
  readonly failed: number;
  readonly upstreamCalls: number;
  readonly checks: { id: string; status: string; found: string }[];
}

/** Keys, users and teams that a run made; asked past the front, which may have been told to lie. */
async function expectNothingLeft(): Promise<void> {
  const client = administrator(replica('replica-a'));
  const [keys, users, teams] = await Promise.all([
    client.get('/key/list?key_alias=litellm-aks-verify&substring_matching=true'),
    client.get('/user/list?user_ids=litellm-aks-verify'),
    client.get('/v2/team/list?team_alias=litellm-aks-verify'),
  ]);
  expect([keys.body.keys, users.body.users, teams.body.teams]).toEqual([[], [], []]);
}

test('every check passes that needs no DNS, and the report is what CI systems read', async () => {
  const before = upstream.requests.length;
  const junit = join(runFolder, 'verify.xml');
  const options = ['--resolve', frontAddress, '--ca', authority.root, '--json', '--junit', junit];
  const addresses = pods.flatMap(url => ['--pod-url', url]);
  const args = [join(projectFolder, 'run'), 'verify', NAME, ...options, ...addresses];
  const child = spawn(process.execPath, args, {
    cwd: projectFolder,
    env: { ...process.env, LITELLM_MASTER_KEY: masterKey },
  });
  const ended = once(child, 'exit');
  const [stdout, stderr] = await Promise.all([readText(child.stdout), readText(child.stderr)]);
  const [exitCode] = await ended;
  const report = JSON.parse(stdout) as Report;
  const other = report.checks.filter(({ status }) => status !== 'passed');
  expect(other.map(({ id, status }) => `${id} ${status}`)).toEqual([
    'address.resolves skipped',
    'address.expected skipped',
  ]);
  expect(exitCode).toBe(0);
  expect(report.passed).toBe(suite.length - 2 + 1);
  expect(report.upstreamCalls).toBe(upstream.requests.length - before);
  expect(stderr.trim().split('\n').at(-1)).toBe(`${report.passed} passed, 0 failed, 2 skipped`);

  // As a CI system would: with a parser of its own.
  const count =
    'import sys, xml.etree.ElementTree as e; print(len(e.parse(sys.argv[1]).findall(".//testcase")))';
  expect(spawnSync('python3', ['-c', count, junit], { encoding: 'utf8' }).stdout.trim()).toBe(
    String(report.checks.length),
  );
  for (const secret of Object.values(vault)) {
    expect(`${stdout}${stderr}${readFileSync(junit, 'utf8')}`).not.toContain(secret);
  }
  await expectNothingLeft();
});

describe('between clients and the real gateway', () => {
  test.each([...brokenServices, ...brokenGuards(masterKey)])('$what: $fails', async ({
    fails,
    only,
    mischief,
  }) => {
    front.mischief = mischief;
    // Its workers take a minute to forget a deleted key; nobody waits for that here.
    const skip = fails === 'keys.deleted' ? ['cache.pods'] : ['cache.pods', 'keys.deleted'];
    expect(await failures({ only, skip })).toEqual([fails]);
    front.mischief = {};
    // What a broken gateway did not delete.
    if (fails === 'cleanup.complete') await deleteTeams();
  });
});

async function deleteTeams(): Promise<void> {
  const client = administrator(replica('replica-a'));
  const { body } = await client.get('/v2/team/list?team_alias=litellm-aks-verify');
  const team_ids = body.teams.map(({ team_id }: { team_id: string }) => team_id);
  expect(team_ids).toHaveLength(1);
  await client.post('/team/delete', { team_ids });
}

describe('in front of the real gateway', () => {
  const { host } = environment;
  test.each([
    {
      what: 'a certificate that has expired',
      tls: authority.issue(host, { from: -90, to: -1 }),
      fails: ['address.trusted'],
    },
    {
      what: 'a certificate that is not valid yet',
      tls: authority.issue(host, { from: 1 }),
      fails: ['address.trusted'],
    },
    {
      what: 'a certificate that nobody renews',
      tls: authority.issue(host, { from: -80, to: 10 }),
      fails: ['address.expiry'],
    },
    { what: 'a self-signed certificate', tls: authority.selfSigned(host), fails: ['address.trusted'] },
    {
      what: 'a certificate for another name',
      tls: authority.issue('other.example.com'),
      fails: ['address.trusted'],
    },
    {
      what: 'no intermediate certificate',
      tls: authority.issue(host, { complete: false }),
      fails: ['address.trusted'],
    },
    {
      what: 'an old protocol',
      tls: { ...authority.issue(host), minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const,
      fails: ['address.protocol'],
    },
    { what: 'no redirect', tls: authority.issue(host), redirects: false, fails: ['address.redirect'] },
  ])('$what: $fails', async ({ tls, redirects, fails }) => {
    await front.stop();
    await front.start(tls, { redirects });
    expect(await failures({ only: ['address', 'health.liveness'] })).toEqual(fails);
    await front.stop();
    await front.start(authority.issue(host));
  });

  test('an authority that this machine does not trust: address.trusted', async () => {
    expect(await failures({ only: ['address', 'health.liveness'], ca: certificates.ca })).toEqual([
      'address.trusted',
    ]);
  });
});

describe('in the real gateway itself', () => {
  test('without its database, catalogue, cache, metrics and admin UI: one failure for each, and open doors', async () => {
    const changed = structuredClone(setVariables(manifests, { NUM_WORKERS: '1' }));
    for (const { data } of changed.configMaps) {
      data['config.yaml'] = (data['config.yaml'] ?? '')
        .replace(/^ *database_url: .*\n/m, '')
        .replace('model_name: glm-5.1', 'model_name: glm-5.2')
        .replace('cache: true', 'cache: false')
        .replace(/callbacks:\n\s+- prometheus/, 'callbacks: []');
    }
    const pod = ownPod('verify-other', {
      manifests: changeContainer(changed, container => {
        const env = container.env.filter(({ name }) => name !== 'DATABASE_URL');
        container.env = [...env, { name: 'DISABLE_ADMIN_UI', value: 'True' }];
      }),
    });
    pod.start();
    await pod.ready();
    const other = new Front(pod.url);
    await front.stop();
    await other.start(authority.issue(environment.host));
    try {
      expect(await failures({ only: ['health', 'models', 'cache', 'metrics', 'security'] })).toEqual([
        'health.database',
        'health.cache',
        'models.catalogue',
        'metrics.endpoint',
        // LiteLLM lets every key in while it has no database, if allow_requests_on_db_unavailable is set, as here.
        'security.wrong-key',
        'security.ui',
      ]);
    } finally {
      await other.stop();
      await pod.stop();
      await front.start(authority.issue(environment.host));
    }
  });

  test('one pod that does not share the cache: cache.pods', async () => {
    const changed = new Front(pods[1] ?? '');
    changed.mischief = {
      reply: ({ path }, reply) => {
        if (path !== '/v1/chat/completions') return;
        reply.text = JSON.stringify({ ...JSON.parse(reply.text), id: `chatcmpl-${performance.now()}` });
      },
    };
    const url = await changed.startPlain();
    expect(await failures({ only: ['cache.pods'], podUrl: [pods[0] ?? '', url] })).toEqual(['cache.pods']);
    await changed.stop();
  });

  test('without providers: chat.completion', async () => {
    await upstream.stop();
    expect(await failures({ only: ['chat.completion', 'cache', 'keys.use'] })).toEqual(['chat.completion']);
    upstream = await Upstream.start(certificates);
  });

  // The last one: every worker of LiteLLM leaves a Redis that failed alone for a minute.
  test('without Redis: health.cache', async () => {
    await stopRedis();
    expect(await failures({ only: ['health', 'cache.hit'] })).toEqual(['health.cache']);
    await startRedis(certificates, requirePassword(vault['redis-password'] ?? ''));
  });
});
