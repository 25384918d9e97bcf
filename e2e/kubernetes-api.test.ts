import { everything } from '../__tests__/fixtures/everything';
import { minimal } from '../__tests__/fixtures/minimal';
import { environmentFiles, environmentOf } from '../__tests__/helpers/environment';
import { type Json, withValue } from '../__tests__/helpers/objects';
import { outputs } from '../__tests__/helpers/render';
import { gatewaySecret } from '../charts/secrets';
import type { Environment } from '../config/environment';
import { unknownOutputs } from '../contract/outputs';
import { workload } from '../contract/workload';
import { ApiServer } from './harness/api-server';
import { type Rendered, render } from './harness/rendered';
import { byId, changes, type Objects } from './harness/stored';

const server = new ApiServer();
const { kubectl } = server;
const deployment = `Deployment/${workload.name}`;

/** What comes with the project, and the fixture that sets everything. */
const environments = [...environmentFiles(), ['everything', everything] as const].map(([name, file]) => {
  const environment = environmentOf(file, name);
  return { name, environment, rendered: render(environment, outputs, 'rendered') };
});
const kinds = environments.flatMap(({ rendered }) => rendered.objects.map(({ kind }) => kind));

beforeAll(() => server.start());

afterAll(() => server.stop());

test('a field that does not exist is refused, in every kind of object', () => {
  const objects = environments.flatMap(({ rendered }) => rendered.objects);
  const mistaken = objects.map(object =>
    withValue(object, 'spec' in object ? 'spec.mistake' : 'mistake', true),
  );
  const { status, stdout, stderr } = kubectl.apply('-', yaml(mistaken));
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  const refused = stderr.matchAll(/ Kind=(\w+)\): \S*\.mistake: field not declared in schema$/gm);
  expect([...refused].map(([, kind]) => kind)).toEqual(mistaken.map(({ kind }) => kind));
});

test('the API server is of the minor that AKS gets by default', () => {
  const { serverVersion } = JSON.parse(kubectl.ok('version', '--output=json'));
  expect(serverVersion.gitVersion).toContain(`v${environmentOf(minimal).cluster.kubernetesVersion}.`);
});

describe.each(environments)('$name', ({ environment, rendered }) => {
  let before: Objects;

  beforeEach(() => {
    kubectl.clear(kinds);
    expectAccepted(rendered);
    before = stored();
    expect([...before.keys()]).toEqual(rendered.ids);
  });

  test('an empty cluster takes one file after the other', () => {
    kubectl.clear(kinds);
    for (const path of rendered.paths) {
      const { status, stderr } = kubectl.apply(path);
      expect({ path, status, stderr }).toEqual({ path, status: 0, stderr: '' });
    }
    expect([...stored().keys()]).toEqual(rendered.ids);
  });

  test('applying again changes nothing', () => {
    expectAccepted(rendered);
    expect(stored()).toEqual(before);
  });

  test('a preview is refused, object by object, where only the namespace exists', () => {
    kubectl.clear(kinds);
    // Without it, the answer would be that there is no such namespace.
    expect(kubectl.apply(rendered.paths[0] ?? '').status).toBe(0);
    expectPreviewRefused(environment);
    expect([...stored().keys()]).toEqual([`Namespace/${workload.namespace}`]);
  });

  test('a preview is refused, object by object, where the real one runs', () => {
    expectPreviewRefused(environment);
    expect(stored()).toEqual(before);
  });

  test.each([
    'Deployment',
    'Job',
  ])('the namespace takes a pod of the %s, and none that is any laxer', kind => {
    const pod = podOf(before.get(idOf(rendered, kind)));
    const create = (object: Json) => kubectl.run(['create', '--dry-run=server', '-f', '-'], yaml([object]));
    expect(create(pod)).toMatchObject({ status: 0, stderr: '' });
    for (const path of restrictions(pod)) {
      const { status, stderr } = create(withValue(pod, path, undefined));
      expect({ path, status }).toEqual({ path, status: 1 });
      expect(stderr).toMatch(
        new RegExp(`violates PodSecurity "restricted:latest": .*${path.split('.').at(-1)}`),
      );
    }
  });

  test('a new image adds its Job and changes the image of the Deployment, and nothing else', () => {
    const { image } = environment.gateway;
    const upgrade = upgraded(environment);
    const next = render(upgrade, outputs, 'upgrade');
    expectAccepted(next);
    const after = stored();
    const [job, nextJob] = [rendered, next].map(found => idOf(found, 'Job')) as [string, string];
    expect(changes(before, after)).toEqual({ added: [nextJob], changed: [deployment], removed: [] });
    const { spec, metadata } = before.get(deployment);
    const expected = JSON.stringify(spec)
      .replaceAll(image.digest, upgrade.gateway.image.digest)
      .replaceAll(nameOf(job), nameOf(nextJob));
    expect(after.get(deployment).spec).toEqual(JSON.parse(expected));
    expect(after.get(deployment).metadata.generation).toBe(metadata.generation + 1);
  });

  test('a Job that changed under its old name would be refused, and with it every change after it', () => {
    const job = rendered.objects.find(({ kind }) => kind === 'Job');
    const path = 'spec.template.spec.containers.0.image';
    const { status, stderr } = kubectl.apply('-', yaml([withValue(job, path, 'example.com/other:v1')]));
    expect(status).toBe(1);
    expect(stderr).toContain('field is immutable');
  });

  test('a rotation adds its secrets and a Job, changes the Deployment, and keeps what old pods still mount', () => {
    const rotation = rotated(environment);
    const next = render(rotation, outputs, 'rotation');
    expectAccepted(next);
    expect(changes(before, stored())).toEqual({
      added: [idOf(next, 'Job'), `SecretProviderClass/${gatewaySecret(rotation)}`],
      changed: [deployment],
      removed: [],
    });
  });

  test('a prune deletes what is no longer rendered, and nothing else', () => {
    kubectl.ok('create', 'configmap', 'somebody-elses', '--namespace', workload.namespace);
    expect(kubectl.prune(rendered.paths)).toMatchObject({ status: 0, stderr: '' });
    expect([...stored().keys()]).toEqual(rendered.ids);

    // A release after the next: other secrets, another image, no disruption budget and no priority any more.
    const next = render(rotated(upgraded(environment)), outputs, 'next');
    const gone = ['PriorityClass', 'PodDisruptionBudget'].map(kind => idOf(next, kind));
    const paths = next.paths.filter(path => !/priority|disruption/.test(path));
    for (const path of paths) expect(kubectl.apply(path)).toMatchObject({ status: 0, stderr: '' });
    const rolledOut = stored();
    const replaced = ['Job', 'SecretProviderClass'].map(kind => idOf(rendered, kind));
    expect([...rolledOut.keys()]).toEqual(expect.arrayContaining([...gone, ...replaced]));

    const { status, stdout, stderr } = kubectl.prune(paths);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.match(/ pruned$/gm)).toHaveLength(4);
    expect(changes(rolledOut, stored()).removed.sort()).toEqual([...gone, ...replaced].sort());
    kubectl.ok('delete', 'configmap', 'somebody-elses', '--namespace', workload.namespace);
  });

  test('applying again keeps the number of replicas that the autoscaler chose', () => {
    const name = ['--namespace', workload.namespace, 'deployment', workload.name];
    kubectl.ok('scale', ...name, '--replicas=7');
    expectAccepted(rendered);
    expect(stored().get(deployment).spec.replicas).toBe(7);
  });
});

/** What Pod Security asks for, by the path of the field that it names where it is missing. */
function restrictions({ spec }: Json): string[] {
  const containers = [
    ...spec.containers.map((_: Json, index: number) => `spec.containers.${index}`),
    ...(spec.initContainers ?? []).map((_: Json, index: number) => `spec.initContainers.${index}`),
  ];
  return [
    'spec.securityContext.runAsNonRoot',
    'spec.securityContext.seccompProfile',
    ...containers.flatMap(path => [
      `${path}.securityContext.allowPrivilegeEscalation`,
      `${path}.securityContext.capabilities`,
    ]),
  ];
}

/** Kind and name of the one rendered object of a kind. */
function idOf({ ids }: Rendered, kind: string): string {
  const [id, ...others] = ids.filter(found => found.startsWith(`${kind}/`));
  if (id === undefined || others.length > 0) throw new Error(`not exactly one ${kind}: ${ids.join(', ')}`);
  return id;
}

function nameOf(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}

function upgraded(environment: Environment): Environment {
  const { gateway } = environment;
  const digest = `sha256:${'0'.repeat(64)}`;
  return { ...environment, gateway: { ...gateway, image: { ...gateway.image, digest } } };
}

function rotated(environment: Environment): Environment {
  return { ...environment, secretsRevision: environment.secretsRevision + 1 };
}

function podOf({ spec }: Json): Json {
  const { metadata, spec: podSpec } = spec.template;
  const { name, namespace } = workload;
  return { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, name, namespace }, spec: podSpec };
}

/** One document for each: kubectl checks the items of a List itself, and in another way than the API server. */
function yaml(objects: readonly Json[]): string {
  return objects.map(object => JSON.stringify(object)).join('\n---\n');
}

/** Every object that was ever applied and still exists. */
function stored(): Objects {
  return byId(kubectl.applied(kinds));
}

/** Applied as one folder, without a word but that it was. */
function expectAccepted({ folder, objects }: Rendered): void {
  const { status, stdout, stderr } = kubectl.apply(folder);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout.match(/ serverside-applied$/gm)).toHaveLength(objects.length);
}

/** Every object of the preview, and each for being one. */
function expectPreviewRefused(environment: Environment): void {
  const { folder, ids } = render(environment, unknownOutputs, 'preview');
  const { status, stdout, stderr } = kubectl.apply(folder);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  const refused = stderr.matchAll(
    /^Error from server \(Invalid\): (\w+)[\w.-]* "([^"]+)" is invalid: metadata\.labels: Invalid value: "\(known after apply\)"/gm,
  );
  expect([...refused].map(([, kind, name]) => `${kind}/${name}`).sort()).toEqual(ids);
}
