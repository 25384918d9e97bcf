import { unusedObjects } from '../../lifecycle/prune';
import { up } from '../../lifecycle/up';
import { FakeCloud } from '../helpers/fake-cloud';
import type { Json } from '../helpers/objects';

let cloud: FakeCloud;

beforeEach(() => {
  cloud = new FakeCloud();
});

afterEach(() => cloud.dispose());

const labels = {
  'app.kubernetes.io/managed-by': 'litellm-aks',
  'app.kubernetes.io/instance': 'test',
};
const managedFields = [{ manager: 'litellm-aks', operation: 'Apply' }];
const former = (kind: string, name: string, more: object = {}): Json => ({
  kind,
  metadata: { name, labels, managedFields, ...more },
});
const job = (name: string, type?: string) => ({
  ...former('Job', name),
  status: { conditions: type === undefined ? [] : [{ type, status: 'True' }] },
});
const starting = (kind: string, name: string, status: object = {}): Json => {
  const spec = {
    containers: [{ args: [`the-gate ${name}`] }],
    volumes: [{ configMap: { name } }, { csi: { volumeAttributes: { secretProviderClass: name } } }],
  };
  if (kind === 'Pod') return { kind, spec, status };
  const template = { metadata: { labels: { 'job-name': 'litellm-migration-3' } }, spec };
  return { kind, status, spec: kind === 'CronJob' ? { jobTemplate: { spec: { template } } } : { template } };
};

const items = (objects: readonly Json[]) => ({ stdout: JSON.stringify({ items: objects }) });
/** What of these is unused, next to these that start pods. */
const unused = (found: readonly Json[], users: readonly Json[] = []): Promise<string[]> =>
  unusedObjects({ list: async kinds => [...(kinds.startsWith('configmap') ? found : users)] }, 'test');

test('up deletes former versions that nothing names any more, after the checks, and says so', async () => {
  const objects = [
    former('ConfigMap', 'litellm-config-0123456789'),
    former('SecretProviderClass', 'litellm-secrets-1'),
    job('litellm-migration-0123456789', 'Complete'),
    job('litellm-migration-abcdef0123', 'Failed'),
  ];
  const verify = async () => {
    expect(cloud.tools.calls(' delete ')).toEqual([]);
    return 0;
  };
  cloud.tools
    .on('kubectl *get configmap,job,secretproviderclass*', items(objects))
    .on('kubectl *delete configmap/*');
  expect(await up(cloud.context({ verify }), 'test', { yes: true })).toBe(0);
  const names = objects.map(({ kind, metadata }) => `${kind.toLowerCase()}/${metadata.name}`);
  expect(cloud.tools.calls(' delete ')).toEqual([
    expect.stringMatching(new RegExp(` delete ${names.join(' ')} --namespace=litellm `)),
  ]);
  expect(cloud.err.at(-1)).toBe(`  deleted: ${names.join(', ')}`);
  const asked = cloud.tools.calls('get configmap,job,secretproviderclass')[0];
  for (const label of Object.entries(labels)) expect(asked).toContain(label.join('='));
});

test.each([
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'Job',
  'Pod',
])('what a %s names stays', async kind => {
  const name = 'litellm-config-0123456789';
  expect(await unused([former('ConfigMap', name)], [starting(kind, name)])).toEqual([]);
  expect(await unused([former('ConfigMap', name)], [starting(kind, 'litellm-config-9876543210')])).toEqual([
    `configmap/${name}`,
  ]);
});

test('what has ended uses nothing, a pod that ends still does', async () => {
  const name = 'litellm-config-0123456789';
  const found = [former('ConfigMap', name)];
  expect(await unused(found, [starting('Pod', name, { phase: 'Running' })])).toEqual([]);
  const ended = ['Succeeded', 'Failed'].map(phase => starting('Pod', name, { phase }));
  const through = starting('Job', name, { conditions: [{ type: 'Complete', status: 'True' }] });
  expect(await unused(found, [...ended, through])).toEqual([`configmap/${name}`]);
});

test('a Job that the gate of a former revision names stays, and one that runs', async () => {
  const [named, running, through] = ['litellm-migration-1', 'litellm-migration-2', 'litellm-migration-3'];
  const jobs = [job(named, 'Complete'), job(running), job(through, 'Complete')];
  expect(await unused(jobs, [starting('ReplicaSet', named), starting('Job', 'litellm-config-1')])).toEqual([
    `job/${through}`,
  ]);
});

test('revision 10 of the secrets is not taken for revision 1', async () => {
  const found = ['litellm-secrets-1', 'litellm-secrets-10'].map(name => former('SecretProviderClass', name));
  expect(await unused(found, [starting('ReplicaSet', 'litellm-secrets-10')])).toEqual([
    'secretproviderclass/litellm-secrets-1',
  ]);
});

test.each([
  ['of another name', former('ConfigMap', 'litellm-config')],
  ['of a name that only begins so', former('ConfigMap', 'litellm-config-0123456789-mine')],
  ['of a name that only ends so', former('ConfigMap', 'my-litellm-config-0123456789')],
  ['of another kind', former('ConfigMap', 'litellm-migration-0123456789')],
  [
    'of somebody who applied it',
    former('ConfigMap', 'litellm-config-1', { managedFields: [{ manager: 'me', operation: 'Apply' }] }),
  ],
  [
    'that was created',
    former('ConfigMap', 'litellm-config-1', {
      managedFields: [{ manager: 'litellm-aks', operation: 'Update' }],
    }),
  ],
  ['of nobody that is known', former('ConfigMap', 'litellm-config-1', { managedFields: undefined })],
  [
    'that belongs to another object',
    former('ConfigMap', 'litellm-config-1', { ownerReferences: [{ kind: 'Release' }] }),
  ],
])('an object %s stays', async (_, object) => {
  expect(await unused([object])).toEqual([]);
});

test.each([
  ['cannot be read', 'kubectl *get configmap,job,*', { status: 1, stderr: 'Error from server (Forbidden)' }],
  [
    'cannot be deleted',
    'kubectl *delete configmap/*',
    { status: 1, stderr: 'Error from server (Forbidden)' },
  ],
  ['is answered in HTML', 'kubectl *get deployments,*', { stdout: '<html>' }],
])('what %s is a note, and up has succeeded', async (_, pattern, answer) => {
  cloud.tools
    .on('kubectl *get configmap,job,*', items([former('ConfigMap', 'litellm-config-0123456789')]))
    .on(pattern, answer);
  expect(await up(cloud.context(), 'test', { yes: true })).toBe(0);
  expect(cloud.err.at(-1)).toMatch(
    /^ {2}something unused may be left, and the next up tries again: (Error from server \(Forbidden\)|kubectl get .* answered no JSON; .*)$/,
  );
  expect(cloud.out.at(-1)).toBe('test is up: https://llm.acme.example');
});
