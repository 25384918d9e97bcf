import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { status } from '../../lifecycle/status/status';
import { minimal } from '../fixtures/minimal';
import { FakeCloud, secretValue } from '../helpers/fake-cloud';
import type { Json } from '../helpers/objects';
import { outputs, render } from '../helpers/render';

let cloud: FakeCloud;

const condition = (type: string, is = true, message = '') => ({
  type,
  status: is ? 'True' : 'False',
  message,
});
const items = (...objects: Json[]) => ({ stdout: JSON.stringify({ items: objects }) });
const deployed = render(minimal, 'test', outputs);
const rendered = deployed.container.image;
const pod = (name: string, nodeName: string, image = rendered, ready = true) => ({
  metadata: { name },
  spec: { nodeName, containers: [{ image }] },
  status: {
    phase: 'Running',
    conditions: [condition('Ready', ready)],
    containerStatuses: [{ restartCount: 1, state: { running: {} } }],
  },
});
const node = (name: string, ready = true) => ({
  metadata: {
    name,
    labels: { 'topology.kubernetes.io/zone': 'westeurope-1', 'kubernetes.azure.com/agentpool': 'user' },
  },
  status: { nodeInfo: { kubeletVersion: 'v1.36.2' }, conditions: [condition('Ready', ready)] },
});
const hpa = {
  metadata: { name: 'litellm-proxy' },
  spec: {
    minReplicas: 2,
    maxReplicas: 10,
    metrics: [{ resource: { name: 'cpu', target: { averageUtilization: 60 } } }],
  },
  status: {
    currentReplicas: 2,
    desiredReplicas: 2,
    currentMetrics: [{ resource: { name: 'cpu', current: { averageUtilization: 7 } } }],
    conditions: [condition('ScalingActive')],
  },
};
const certificate = (notAfter: string) => ({
  metadata: { name: 'litellm-tls' },
  status: { notAfter, conditions: [condition('Ready')] },
});
const job = (name: string, type: string, creationTimestamp: string) => ({
  metadata: { name, creationTimestamp },
  status: { conditions: [condition(type)], completionTime: creationTimestamp },
});

beforeEach(() => {
  cloud = new FakeCloud();
  writeFileSync(join(cloud.folder, 'environments/test.outputs.json'), JSON.stringify({ test: outputs }));
  const folder = join(cloud.folder, 'dist/kubernetes/test');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '80-deployment.yaml'), deployed.manifests.get('test/80-deployment.yaml') ?? '');
  const inTenDays = new Date(Date.now() + 10.5 * 86_400_000).toISOString();
  mkdirSync(join(cloud.folder, 'dist/terraform/stacks/test-addons'), { recursive: true });
  cloud.tools
    .on('kubectl *get nodes*', items(node('aks-user-0'), node('aks-user-1')))
    .on(
      'kubectl *get pods*',
      items(pod('litellm-proxy-a', 'aks-user-0'), pod('litellm-proxy-b', 'aks-user-1')),
    )
    .on('kubectl *get horizontalpodautoscalers*', items(hpa))
    .on('kubectl *get certificates*', items(certificate(inTenDays)))
    .on('kubectl *get jobs*', items(job('litellm-migration-1', 'Complete', '2026-11-01T10:00:00Z')))
    .on('kubectl *diff*');
});

afterEach(() => cloud.dispose());

const look = async (options = {}) => {
  const code = await status(cloud.context(), 'test', options);
  return { code, screen: cloud.out.join('\n') };
};

test('a healthy environment is one screen without a mark, and ends with 0', async () => {
  const { code, screen } = await look();
  expect(screen.split('\n')).toEqual([
    'test  https://llm.acme.example',
    '',
    expect.stringMatching(/^ {2}Login {6} ada@acme\.example in Team/),
    '  Cluster     aks-llm-test: Succeeded, Running, Kubernetes 1.36.2',
    '  Access      the API server answers',
    '  Nodes       aks-user-0  Ready  v1.36.2  user  westeurope-1',
    '                litellm-proxy-a: Running, 1 restarts, ready',
    '              aks-user-1  Ready  v1.36.2  user  westeurope-1',
    '                litellm-proxy-b: Running, 1 restarts, ready',
    '  Autoscaler  litellm-proxy: 2 of 2 wanted (2 to 10), cpu 7/60 %',
    expect.stringMatching(/^ {2}Certificate litellm-tls: ready, expires \S+ \(10 days\)$/),
    '  Schema      litellm-migration-1: Complete 2026-11-01T10:00:00Z',
    `  Image       ${rendered}, as rendered`,
    '  Differences none: the cluster is as rendered',
    '  Unused      none',
  ]);
  expect(code).toBe(0);
});

test('a former version that nothing uses is named, and is no reason to worry', async () => {
  const labels = { 'app.kubernetes.io/managed-by': 'litellm-aks', 'app.kubernetes.io/instance': 'test' };
  const managedFields = [{ manager: 'litellm-aks', operation: 'Apply' }];
  const metadata = { name: 'litellm-config-0123456789', labels, managedFields };
  cloud.tools.on('kubectl *get configmap,job,*', items({ kind: 'ConfigMap', metadata }));
  const { code, screen } = await look();
  expect(screen).toMatch(/^ {2}Unused {6}configmap\/litellm-config-0123456789\n +the next up deletes them$/m);
  expect(code).toBe(0);
});

test('a pod that ends, of another image and not ready any more, is shown and no reason to worry', async () => {
  const ending = pod('litellm-proxy-0', 'aks-user-0', 'crold.azurecr.io/litellm@sha256:0', false);
  const metadata = { ...ending.metadata, deletionTimestamp: '2026-11-01T10:00:00Z' };
  cloud.tools.on('kubectl *get pods*', items(pod('litellm-proxy-a', 'aks-user-0'), { ...ending, metadata }));
  const { code, screen } = await look();
  expect(screen).toContain('litellm-proxy-0: Running, 1 restarts, ending');
  expect(screen).toContain(`  Image       ${rendered}, as rendered`);
  expect(code).toBe(0);

  cloud.tools.on('kubectl *get pods*', items({ ...ending, metadata }));
  expect((await look()).screen).toContain('! Nodes');
});

test('it changes nothing: every tool is only asked', async () => {
  await look({ drift: true });
  const changing = /\b(apply|delete|create|patch|restart|purge|set|scale)\b/;
  expect(cloud.tools.calls().filter(call => changing.test(call))).toEqual([]);
});

/** What is wrong, what the tools answer then, and the line that says so. */
const unwell: readonly [string, string, Json, string][] = [
  [
    'a cluster that is stopped',
    'az aks show*',
    { stdout: '{"provisioningState":"Succeeded","powerState":{"code":"Stopped"},"fqdn":"x"}' },
    '! Cluster     aks-llm-test: Succeeded, Stopped',
  ],
  [
    'a cluster that does not exist',
    'az aks show*',
    { status: 3, stderr: 'ERROR: (ResourceGroupNotFound)' },
    '! Cluster     cannot be had: there is no cluster aks-llm-test in rg-llm-test',
  ],
  [
    'a login that has ended',
    'az account show*',
    { status: 1, stderr: "ERROR: Please run 'az login'" },
    "! Login       cannot be had: ERROR: Please run 'az login'",
  ],
  [
    'an API server that does not answer',
    'kubectl *get namespace kube-system*',
    { status: 1, stderr: 'dial tcp: i/o timeout' },
    '! Nodes       cannot be had: the cluster is not reached (see Access)',
  ],
  [
    'HTML in place of an account',
    'az account show*',
    { stdout: '<html>' },
    '! Login       cannot be had: az account show answered no JSON; the log has the answer',
  ],
  [
    'a cluster without a state',
    'az aks show*',
    { stdout: '{}' },
    '! Cluster     cannot be had: az aks show answered in another form: provisioningState is nothing; use a string',
  ],
  [
    'a kubeconfig without a cluster',
    'kubectl *config view*',
    { stdout: '{"clusters":null}' },
    '! Access      cannot be had: kubectl config view answered in another form: clusters is null; use a list',
  ],
  [
    'no answer about the nodes',
    'kubectl *get nodes*',
    {},
    '! Nodes       cannot be had: kubectl get nodes answered nothing, where JSON was expected',
  ],
  [
    'a list that is none',
    'kubectl *get jobs*',
    { stdout: '{}' },
    '! Schema      cannot be had: kubectl get jobs answered in another form: items is nothing; use a list',
  ],
  [
    'a diff that quotes a credential',
    'kubectl *diff*',
    { status: 2, stderr: `error: ${secretValue}` },
    '! Differences cannot be had: error: (hidden: TF_VAR_acme_api_key)',
  ],
  [
    'a node that is not ready',
    'kubectl *get nodes*',
    items(node('aks-user-0', false)),
    '! Nodes       aks-user-0  NotReady',
  ],
  ['no pods', 'kubectl *get pods*', items(), '! Nodes  '],
  [
    'a pod that is not ready',
    'kubectl *get pods*',
    items(pod('litellm-proxy-a', 'aks-user-0', rendered, false)),
    'litellm-proxy-a: Running, 1 restarts, not ready',
  ],
  [
    'an autoscaler without numbers',
    'kubectl *get horizontalpodautoscalers*',
    items({ ...hpa, status: { conditions: [] } }),
    '! Autoscaler  litellm-proxy: 0 of 0 wanted (2 to 10), cpu unknown/60 %',
  ],
  [
    'a certificate that is not issued',
    'kubectl *get certificates*',
    items({ metadata: { name: 'tls' }, status: { conditions: [condition('Ready', false, 'order failed')] } }),
    '! Certificate tls: not ready: order failed, not issued yet',
  ],
  [
    'no cert-manager',
    'kubectl *get certificates*',
    { status: 1, stderr: 'error: the server doesn\'t have a resource type "certificates"' },
    '! Certificate cannot be had: error: the server doesn',
  ],
  [
    'a migration that failed',
    'kubectl *get jobs*',
    items(job('litellm-migration-1', 'Failed', '2026-11-01T10:00:00Z')),
    '! Schema      litellm-migration-1: Failed',
  ],
  [
    'another image',
    'kubectl *get pods*',
    items(pod('litellm-proxy-a', 'aks-user-0', 'acr/x@sha256:old')),
    'running   acr/x@sha256:old',
  ],
  [
    'an object that differs',
    'kubectl *diff*',
    {
      status: 1,
      stdout:
        'diff -u -N /tmp/LIVE-1/apps.v1.Deployment.litellm.litellm-proxy /tmp/MERGED-2/apps.v1.Deployment.litellm.litellm-proxy\n--- a\n+++ b\n',
    },
    '! Differences apps.v1.Deployment.litellm.litellm-proxy',
  ],
  [
    'a diff that fails',
    'kubectl *diff*',
    { status: 2, stderr: 'error: no diff' },
    '! Differences cannot be had: error: no diff',
  ],
];

test.each(unwell)('%s is marked, said, and ends with 1', async (_, pattern, answer, line) => {
  cloud.tools.on(pattern, answer);
  const { code, screen } = await look();
  expect(screen).toContain(line);
  expect(code).toBe(1);
});

test('before the first deployment the differences say that the manifests are a preview', async () => {
  rmSync(join(cloud.folder, 'environments/test.outputs.json'));
  expect((await look()).screen).toContain('! Differences cannot be had: the manifests are a preview');
});

test('Terraform cannot be asked: every reason is said', async () => {
  cloud.tools.remove('terraform');
  cloud.tools.remove('kubelogin');
  const { screen, code } = await look({ drift: true });
  expect(code).toBe(1);
  expect(screen).toContain('! Drift       cannot be had: 2 problems\n');
  expect(screen).toMatch(/ terraform\n +problem +is missing; install Terraform/);
  expect(screen).toMatch(/ kubelogin\n +problem +is missing; install kubelogin/);
});

test('Terraform is asked on request only, and locks nothing', async () => {
  expect((await look()).screen).not.toContain('Drift');
  expect(cloud.tools.calls('terraform')).toEqual([]);
  const { code, screen } = await look({ drift: true });
  expect(screen).toContain('! Drift       test: Plan: 59 to add, 0 to change, 0 to destroy.');
  expect(code).toBe(1);
  const looks = expect.stringMatching(/-lock=false/);
  expect(cloud.tools.calls('terraform plan')).toEqual([looks, looks]);
  expect(cloud.tools.calls('terraform plan', '-out=')).toEqual([]);
});

describe('drift', () => {
  /** What Terraform answers for the stack that lives in the cluster, where the first one is as it should be. */
  const addons = (run: string) =>
    cloud.tools.on('terraform plan*', {
      run: `if [ $HERE = test ]; then echo "No changes."; exit 0; fi; ${run}`,
    });
  const drifted = async () => {
    const { code, screen } = await look({ drift: true });
    return {
      code,
      lines: screen.split('\n').slice(screen.split('\n').findIndex(line => /Drift/.test(line))),
    };
  };

  test('of neither stack is well', async () => {
    addons('echo "No changes."; exit 0');
    expect(await drifted()).toEqual({
      code: 0,
      lines: ['  Drift       test: no drift', '              test-addons: no drift'],
    });
  });

  test('of what lives in the cluster alone is marked, and said', async () => {
    addons('echo "Plan: 0 to add, 1 to change, 0 to destroy."; exit 2');
    expect(await drifted()).toEqual({
      code: 1,
      lines: [
        '! Drift       test: no drift',
        '              test-addons: Plan: 0 to add, 1 to change, 0 to destroy.',
      ],
    });
  });

  test('of a stack that cannot be planned hides nothing of the other', async () => {
    addons('echo "Error: dial tcp: i/o timeout" >&2; exit 1');
    expect(await drifted()).toEqual({
      code: 1,
      lines: [
        '! Drift       test: no drift',
        '              test-addons: cannot be had: Error: dial tcp: i/o timeout',
        expect.stringContaining('→ the API server does not answer from here'),
      ],
    });
  });

  test('of what lives in the cluster waits for the cluster', async () => {
    cloud.tools.on('terraform output*', { stdout: '{}' });
    expect(await drifted()).toEqual({
      code: 1,
      lines: [
        expect.stringContaining('test: Plan: 59 to add'),
        '              test-addons cannot be planned before test is applied: it logs in to the cluster that test makes',
      ],
    });
    expect(cloud.tools.calls('terraform plan')).toHaveLength(1);
  });
});
