import type { Change } from '../../diff/change';
import { compareObjects } from '../../diff/kubernetes';
import type { KubernetesObject } from '../../output/objects';
import { everything } from '../fixtures/everything';
import { environmentFiles } from '../helpers/environment';
import { type Json, withValue } from '../helpers/objects';
import { outputs, render } from '../helpers/render';

const dev = environmentFiles().get('dev');
const deployed: KubernetesObject[] = [...render(dev, 'dev', outputs).objects];

const texts = (changes: readonly Change[]) =>
  changes.flatMap(({ effects }) => effects.map(({ text }) => text));
const only = (changes: readonly Change[]): Change => {
  expect(changes).toHaveLength(1);
  return changes[0] as Change;
};

/** The objects with one of them changed at a path. */
function changed(kind: string, path: string, value: unknown): Change {
  const index = deployed.findIndex(object => object.kind === kind);
  return only(
    compareObjects(deployed, deployed.with(index, withValue(deployed[index], path, value) as Json)),
  );
}

/** Two versions of an object that the charts do not make. */
function versions(before: Json, after: Json): Change {
  const metadata = { name: 'thing', namespace: 'litellm' };
  return only(
    compareObjects([{ apiVersion: 'v1', metadata, ...before }], [{ apiVersion: 'v1', metadata, ...after }]),
  );
}

const CONTAINER = 'spec.template.spec.containers.0';

const noticed: readonly [kind: string, path: string, value: unknown, said: RegExp][] = [
  ['Deployment', `${CONTAINER}.resources.limits.cpu`, '2', /^pods roll, none is taken away before/],
  ['Deployment', 'spec.template.metadata.annotations.note', 'x', /^pods roll/],
  ['Deployment', 'spec.strategy.rollingUpdate.maxSurge', 2, /no pod rolls now/],
  ['Deployment', 'metadata.labels.team', 'x', /^nothing rolls$/],
  ['Deployment', 'spec.replicas', 4, /pods are added or removed/],
  ['HorizontalPodAutoscaler', 'spec.maxReplicas', 4, /no pod rolls/],
  ['PodDisruptionBudget', 'spec.minAvailable', 2, /no pod rolls/],
  ['Service', 'spec.type', 'LoadBalancer', /address may change/],
  ['Service', 'spec.ports.0.port', 8080, /traffic goes another way/],
  [
    'Service',
    'metadata.annotations',
    { 'service.beta.kubernetes.io/azure-pip-name': 'pip' },
    /address may change/,
  ],
  ['Ingress', 'spec.rules.0.host', 'other.example.com', /another host or path/],
  ['Ingress', 'spec.ingressClassName', 'traefik', /another controller/],
  ['NetworkPolicy', 'spec.policyTypes', ['Ingress'], /enforced at once/],
  ['SecretProviderClass', 'spec.parameters.keyvaultName', 'kv-other', /after a rollout/],
  ['ServiceAccount', 'metadata.annotations', { 'azure.workload.identity/client-id': 'x' }, /after a rollout/],
];

test.each(noticed)('%s %s = %j is said to do what it does', (kind, path, value, said) => {
  const change = changed(kind, path, value);
  expect(change.action).toBe('update');
  expect(texts([change])).toContainEqual(expect.stringMatching(said));
});

const immutable: readonly [title: string, before: Json, after: Json][] = [
  [
    'the selector of a Deployment',
    { kind: 'Deployment', spec: { selector: { a: 'b' } } },
    { kind: 'Deployment', spec: { selector: { a: 'c' } } },
  ],
  [
    'the pods of a Job',
    { kind: 'Job', spec: { template: { a: 1 } } },
    { kind: 'Job', spec: { template: { a: 2 } } },
  ],
  [
    'the address of a Service',
    { kind: 'Service', spec: { clusterIP: '10.0.0.9' } },
    { kind: 'Service', spec: { clusterIP: 'None' } },
  ],
  ['the type of a Secret', { kind: 'Secret', type: 'Opaque' }, { kind: 'Secret', type: 'kubernetes.io/tls' }],
  [
    'the data of a frozen ConfigMap',
    { kind: 'ConfigMap', immutable: true, data: { a: '1' } },
    { kind: 'ConfigMap', immutable: true, data: { a: '2' } },
  ],
  [
    'the class of a claim',
    { kind: 'PersistentVolumeClaim', spec: { storageClassName: 'a' } },
    { kind: 'PersistentVolumeClaim', spec: { storageClassName: 'b' } },
  ],
  ['the value of a PriorityClass', { kind: 'PriorityClass', value: 1 }, { kind: 'PriorityClass', value: 2 }],
  [
    'the role of a binding',
    { kind: 'RoleBinding', roleRef: { name: 'a' } },
    { kind: 'RoleBinding', roleRef: { name: 'b' } },
  ],
  [
    'the name service of a StatefulSet',
    { kind: 'StatefulSet', spec: { serviceName: 'a' } },
    { kind: 'StatefulSet', spec: { serviceName: 'b' } },
  ],
];

test.each(immutable)('%s cannot change: the object is made anew', (_title, before, after) => {
  const change = versions(before, after);
  expect(change.action).toBe('replace');
  expect(change.effects).toContainEqual({ level: 'danger', text: expect.stringMatching(/^immutable: /) });
});

test('a ConfigMap that was frozen stays so, whatever it is to become', () => {
  const frozen = { kind: 'ConfigMap', immutable: true, data: { a: '1' } };
  expect(versions(frozen, { kind: 'ConfigMap', data: { a: '2' } }).action).toBe('replace');
  expect(versions({ kind: 'ConfigMap', data: { a: '2' } }, frozen).action).toBe('update');
});

test('a claim may grow', () => {
  const claim = (storage: string) => ({
    kind: 'PersistentVolumeClaim',
    spec: { resources: { requests: { storage } } },
  });
  expect(versions(claim('1Gi'), claim('2Gi')).action).toBe('update');
});

test('a rollout that stops everything first says so', () => {
  const workload = (image: string) => ({
    kind: 'Deployment',
    spec: { strategy: { type: 'Recreate' }, template: { image } },
  });
  expect(texts([versions(workload('a'), workload('b'))])).toContainEqual(
    expect.stringMatching(/all at once: the gateway is away/),
  );
});

test("LiteLLM's configuration is read: a model that comes has its name, one that changes its setting", () => {
  const index = deployed.findIndex(({ metadata }) => metadata.name.startsWith('litellm-config-'));
  const text: string = (deployed[index] as Json).data['config.yaml'];
  const edited = text
    .replace(
      'model_list:\n',
      'model_list:\n  - model_name: fresh\n    litellm_params:\n      model: openai/fresh\n',
    )
    .replace('num_retries: 2', 'num_retries: 3');
  const renamed = withValue(deployed[index], 'metadata.name', 'litellm-config-0123456789');
  const after = deployed.with(index, withValue(renamed, 'data', { 'config.yaml': edited }) as Json);
  const { values, action, effects } = only(compareObjects(deployed, after));
  expect(action).toBe('update');
  expect(effects.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^a new object beside litellm-config-\w+: pods that use it roll/),
  ]);
  expect(values.map(({ path }) => path)).toEqual(
    expect.arrayContaining([
      'data.config.yaml.model_list[fresh]',
      'data.config.yaml.router_settings.num_retries',
    ]),
  );
});

test('the same configuration in another layout is no change', () => {
  const index = deployed.findIndex(({ metadata }) => metadata.name.startsWith('litellm-config-'));
  const text: string = (deployed[index] as Json).data['config.yaml'];
  const data = { 'config.yaml': `# a remark\n${text}` };
  expect(
    compareObjects(deployed, deployed.with(index, withValue(deployed[index], 'data', data) as Json)),
  ).toEqual([]);
});

test('a Corefile is compared by its lines, and CoreDNS has to be restarted', () => {
  const change = changed('ConfigMap', 'data', { 'azure.server': 'a:53 {\n    forward . 1.1.1.1\n}\n' });
  expect(change.name).toBe('kube-system/coredns-custom');
  expect(texts([change])).toContainEqual(
    expect.stringContaining('kubectl -n kube-system rollout restart deployment coredns'),
  );
});

test('another order of variables is a change, because pods roll by it', () => {
  const container: Json = (deployed.find(({ kind }) => kind === 'Deployment') as Json).spec.template.spec
    .containers[0];
  const change = changed('Deployment', `${CONTAINER}.env`, [...container.env].reverse());
  expect(change.values).toEqual([expect.objectContaining({ notes: ['another order'] })]);
  expect(texts([change])).toContainEqual(expect.stringMatching(/^pods roll/));
});

test('a Job with another hash runs again; it is not one that goes and one that comes', () => {
  const job = (hash: string) => ({
    kind: 'Job',
    metadata: { name: `litellm-migration-${hash}`, namespace: 'litellm' },
  });
  const change = versions(job('0a1b2c3d'), job('4e5f6a7b'));
  expect(change).toMatchObject({ action: 'update', name: 'litellm/litellm-migration-4e5f6a7b' });
  expect(texts([change])).toEqual([expect.stringMatching(/^runs again under a new name/)]);
});

test('the values of a Secret are never shown', () => {
  const secret = (data: Json) => ({ kind: 'Secret', data, stringData: data });
  const change = versions(secret({ a: 'b2xk' }), secret({ a: 'bmV3', b: 'bW9yZQ==' }));
  expect(JSON.stringify(change)).not.toMatch(/b2xk|bmV3|bW9yZQ/);
  expect(change.values).toContainEqual(expect.objectContaining({ before: '(hidden)', after: '(hidden)' }));
});

test('a version of the API is not the identity of an object', () => {
  const policy = (version: string) => ({ kind: 'PodDisruptionBudget', apiVersion: `policy/${version}` });
  expect(versions(policy('v1beta1'), policy('v1')).action).toBe('update');
});

test('what is removed stays until somebody deletes it; what that would take away is said', () => {
  const changes = compareObjects(
    deployed,
    deployed.filter(({ kind }) => kind !== 'NetworkPolicy'),
  );
  expect(new Set(changes.map(({ action }) => action))).toEqual(new Set(['delete']));
  expect(texts(changes)).toContainEqual(expect.stringMatching(/kubectl apply leaves it/));
  expect(texts(changes)).toContain('removed: what it forbade is allowed');
  expect(changes[0]?.security).toEqual(['network policy']);
});

test('a new object needs no effect, a new Job runs', () => {
  expect(
    texts(compareObjects([], [{ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'a' } }])),
  ).toEqual(['runs once']);
});

describe('the first deployment', () => {
  const preview: KubernetesObject[] = [...render(dev, 'dev').objects];
  const changes = compareObjects(preview, deployed);

  test('changes the objects that get what Azure invented, and no label of the others', () => {
    expect(changes.map(({ kind }) => kind).sort()).toEqual([
      'Deployment',
      'Job',
      'SecretProviderClass',
      'ServiceAccount',
    ]);
  });

  test('rolls nothing, because no preview was ever applied', () => {
    expect(new Set(texts(changes))).toEqual(
      new Set(['was a preview, which no API server accepts: nothing to roll']),
    );
  });
});

const security: readonly [kind: string, path: string, value: unknown, topics: string[]][] = [
  ['Deployment', `${CONTAINER}.securityContext.readOnlyRootFilesystem`, false, ['Pod Security']],
  ['Deployment', 'spec.template.spec.hostNetwork', true, ['Pod Security']],
  ['Deployment', `${CONTAINER}.image`, 'other', ['image']],
  ['Deployment', `${CONTAINER}.args`, ['--debug'], []],
  ['NetworkPolicy', 'spec.podSelector', { a: 'b' }, ['network policy']],
  ['Ingress', 'spec.tls', [], ['TLS']],
  ['Service', 'spec.type', 'LoadBalancer', ['public access']],
  ['ServiceAccount', 'automountServiceAccountToken', true, ['Pod Security']],
  ['ServiceAccount', 'metadata.annotations', {}, ['roles']],
];

test.each(security)('%s %s = %j touches the security topics %j', (kind, path, value, topics) => {
  expect(changed(kind, path, value).security).toEqual(topics);
});

test.each([
  'application-routing',
  'gateway-api',
])('whom the load balancer of %s answers is about security', controller => {
  const withRanges = (allowedIpRanges: string[]) => {
    const { subscriptionId, ingress } = everything;
    const { dnsZone, acme } = ingress;
    const file = { ...(dev as object), host: everything.host, subscriptionId };
    return render({ ...file, ingress: { controller, dnsZone, acme, allowedIpRanges } }, 'dev', {
      ...outputs,
      cert_manager_client_id: outputs.tenant_id,
    }).objects;
  };
  const before = withRanges(['198.51.100.0/24']) as KubernetesObject[];
  const after = withRanges(['198.51.100.0/24', '0.0.0.0/0']) as KubernetesObject[];
  expect(only(compareObjects(before, after)).security).toEqual(['public access']);
});

test('a laxer Pod Security level is about security', () => {
  const namespace = deployed.find(({ kind }) => kind === 'Namespace') as Json;
  const labels = { ...namespace.metadata.labels, 'pod-security.kubernetes.io/enforce': 'baseline' };
  const change = changed('Namespace', 'metadata.labels', labels);
  expect(change.security).toEqual(['Pod Security']);
  expect(texts([change])).toContainEqual(expect.stringMatching(/pods that break the new level/));
});
