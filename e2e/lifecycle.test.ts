import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failureOf } from '../__tests__/helpers/failure';
import { FakeCloud } from '../__tests__/helpers/fake-cloud';
import type { Json } from '../__tests__/helpers/objects';
import { documents } from '../__tests__/helpers/render';
import { workload } from '../contract/workload';
import type { Context } from '../lifecycle/context';
import { down } from '../lifecycle/down';
import { status } from '../lifecycle/status/status';
import { up } from '../lifecycle/up';
import { ApiServer } from './harness/api-server';
import { Controllers } from './harness/controllers';
import { prepareGoTools } from './harness/go-tool';
import { deployWith, projectWith, stateFile } from './harness/small-stack';
import { prepareTerraforms } from './harness/terraform';

/** The commands with the real Terraform, the real kubectl and the real API server; Azure answers as recorded. */
const server = new ApiServer();
const { kubectl } = server;
const controllers = new Controllers(kubectl);
const [terraform] = prepareTerraforms();
const yes = { yes: true };

let cloud: FakeCloud;
let kinds: readonly string[] = [];

beforeAll(() => server.start());

afterAll(() => server.stop());

beforeEach(() => {
  cloud = cloudOf({});
  kinds = [...new Set(rendered().map(({ kind }) => kind))];
  kubectl.clear(kinds);
  const coredns = ['deployment', 'coredns', '--namespace=kube-system'];
  kubectl.run(['delete', ...coredns]);
  kubectl.ok('create', ...coredns, '--image=coredns');
  controllers.start();
});

afterEach(() => {
  controllers.stop();
  cloud.dispose();
});

/** Azure of the environment, with these changes to its file. */
function cloudOf(changes: object): FakeCloud {
  const made = new FakeCloud({ class: 'development', deletionProtection: false, ...changes });
  deployWith(made, terraform);
  made.tools.replace('kubectl', prepareGoTools().kubectl);
  made.tools.on('az aks show*', azureCluster('127.0.0.1')).on('az aks get-credentials*', {
    run: `while [ $# -gt 0 ]; do case $1 in --file) /bin/cp ${join(server.folder, 'kubeconfig')} $2;; esac; shift; done`,
  });
  return made;
}

function project(): Context {
  const context = projectWith(cloud);
  const some = { seconds: 30, every: 0.2 };
  // kubectl needs `diff`, and Terraform a shell for nothing.
  const { env } = context.host;
  const host = { ...context.host, env: { ...env, PATH: `${env.PATH}:/usr/bin:/bin`, HOME: cloud.folder } };
  const patience = { access: some, rollout: some, dns: some, namespace: { seconds: 5, every: 0.2 } };
  return { ...context, host, patience };
}

function azureCluster(fqdn: string) {
  return {
    stdout: JSON.stringify({ provisioningState: 'Succeeded', powerState: { code: 'Running' }, fqdn }),
  };
}

/** With the outputs that are there: a preview before `up`. */
function rendered(): Json[] {
  const files = [...cloud.synthesis().kubernetes].filter(([path]) => path.endsWith('.yaml'));
  return files.flatMap(([, content]) => documents(content));
}

const id = ({ kind, metadata }: Json) => `${kind}/${metadata.name}`;
const versions = () =>
  new Map(kubectl.applied(kinds).map(object => [id(object), object.metadata.resourceVersion]));
const screen = () => cloud.out.join('\n');
const coreDnsGeneration = () =>
  kubectl.ok('get', 'deployment', 'coredns', '-n', 'kube-system', '-o', 'jsonpath={.metadata.generation}');
const relabel = () => {
  const service = ['service', workload.name, `--namespace=${workload.namespace}`];
  kubectl.ok('label', ...service, 'app.kubernetes.io/instance=somebody', '--overwrite');
};

test('up applies every object, and a second one changes none and restarts nothing', async () => {
  expect(await up(project(), 'test', yes)).toBe(0);
  const first = versions();
  expect([...first.keys()].sort()).toEqual(rendered().map(id).sort());
  expect(coreDnsGeneration()).toBe('2');

  expect(await up(project(), 'test', yes)).toBe(0);
  expect(versions()).toEqual(first);
  expect(coreDnsGeneration()).toBe('2');
});

test('CoreDNS is restarted when its configuration changed', async () => {
  await up(project(), 'test', yes);
  const place = ['configmap', 'coredns-custom', '--namespace=kube-system'];
  kubectl.ok('patch', ...place, '--type=merge', '--patch={"data":{"own.server":""}}');
  await up(project(), 'test', yes);
  expect(coreDnsGeneration()).toBe('3');
});

test("a context that leads elsewhere than Azure's cluster gets nothing", async () => {
  cloud.tools.on('az aks show*', azureCluster('aks-llm-test.azmk8s.io'));
  expect(await failureOf(up(project(), 'test', yes))).toContain('is 127.0.0.1, which is not aks-llm-test');
  expect([...versions().keys()]).toEqual([]);
});

test('a field that somebody else took is a conflict that says how to decide it', async () => {
  await up(project(), 'test', yes);
  relabel();
  const message = await failureOf(up(project(), 'test', yes));
  expect(message).toMatch(/Apply failed with \d conflict/);
  expect(message).toContain('--force-conflicts');
  expect(message).toContain('Continue  npm run up -- test');
});

test('status finds no difference after up, and names what somebody changed', async () => {
  await up(project(), 'test', yes);
  cloud.out.length = 0;
  await status(project(), 'test', { drift: true });
  expect(screen()).toContain('Differences none: the cluster is as rendered');
  expect(screen()).toContain('Drift       test: no drift');

  relabel();
  cloud.out.length = 0;
  expect(await status(project(), 'test', {})).toBe(1);
  expect(screen()).toContain(`! Differences v1.Service.${workload.namespace}.${workload.name}\n`);
});

test('down waits for what holds the namespace, and then takes everything away', async () => {
  await up(project(), 'test', yes);
  controllers.held.add(workload.namespace);
  const held = await failureOf(down(project(), 'test', { yes: 'test' }));
  expect(held).toContain(`${workload.namespace} is not gone after 5 s`);
  expect(JSON.parse(readFileSync(stateFile(cloud), 'utf8')).resources).toHaveLength(1);

  controllers.held.clear();
  expect(await down(project(), 'test', { yes: 'test' })).toBe(0);
  expect(kubectl.run(['get', 'namespace', workload.namespace]).stderr).toContain('NotFound');
  expect(JSON.parse(readFileSync(stateFile(cloud), 'utf8')).resources).toEqual([]);
  expect(existsSync(join(cloud.folder, 'environments/test.outputs.json'))).toBe(false);
});

test('up deletes former versions once no ReplicaSet keeps them, and nothing else', async () => {
  await up(project(), 'test', yes);
  const place = ['--namespace', workload.namespace];
  const former = ['ConfigMap', 'Job', 'SecretProviderClass'].map(kind =>
    id(rendered().find(object => object.kind === kind && object.metadata.namespace === workload.namespace)),
  );
  // What the controller of Deployments keeps of a former revision.
  const deployment = JSON.parse(kubectl.ok('get', 'deployment', workload.name, ...place, '--output=json'));
  const { selector, template } = deployment.spec;
  const replicaSet = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: 'former', namespace: workload.namespace },
    spec: { replicas: 0, selector, template },
  };
  kubectl.run(['create', '-f', '-'], JSON.stringify(replicaSet));
  // Of our name and our labels, and made by somebody else.
  const theirs = ['configmap', `${workload.config}-0123456789`, ...place];
  kubectl.ok('create', ...theirs);
  kubectl.ok(
    'label',
    ...theirs,
    'app.kubernetes.io/managed-by=litellm-aks',
    'app.kubernetes.io/instance=test',
  );

  cloud.dispose();
  cloud = cloudOf({ secretsRevision: 2, gateway: { routing: { retries: 5 } } });
  await up(project(), 'test', yes);
  const kept = versions();
  expect([...kept.keys()]).toEqual(expect.arrayContaining(former));
  expect(cloud.err.join('\n')).not.toContain('deleted');

  kubectl.ok('delete', 'replicaset', 'former', ...place);
  await up(project(), 'test', yes);
  expect([...versions().keys()].sort()).toEqual(rendered().map(id).sort());
  expect([...kept.keys()].filter(object => !versions().has(object)).sort()).toEqual(former.sort());
  expect(cloud.err.at(-1)).toMatch(
    /^ {2}deleted: configmap\/\S+, job\/\S+, secretproviderclass\/litellm-secrets-1$/,
  );
  kubectl.ok('delete', ...theirs);
});
