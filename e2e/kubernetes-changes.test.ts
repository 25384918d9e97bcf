import { withValue } from '../__tests__/helpers/objects';
import { outputs } from '../__tests__/helpers/render';
import { gatewaySecret } from '../charts/secrets';
import type { Environment } from '../config/environment';
import { workload } from '../contract/workload';
import { ApiServer } from './harness/api-server';
import { Applied, environments, idOf, nameOf, yaml } from './harness/applied';
import { render } from './harness/rendered';
import { changes, type Objects } from './harness/stored';

const server = new ApiServer();
const { kubectl } = server;
const applied = new Applied(kubectl);
const deployment = `Deployment/${workload.name}`;

beforeAll(() => server.start());

afterAll(() => server.stop());

describe.each(environments)('$name, once it runs', ({ environment, rendered }) => {
  let before: Objects;

  beforeEach(() => {
    before = applied.expectFresh(rendered);
  });

  test('a new image adds its Job and changes the image of the Deployment, and nothing else', () => {
    const { image } = environment.gateway;
    const upgrade = upgraded(environment);
    const next = render(upgrade, outputs, 'upgrade');
    applied.expectAccepted(next);
    const after = applied.stored();
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
    applied.expectAccepted(next);
    expect(changes(before, applied.stored())).toEqual({
      added: [idOf(next, 'Job'), `SecretProviderClass/${gatewaySecret(rotation)}`],
      changed: [deployment],
      removed: [],
    });
  });

  test('a prune deletes what is no longer rendered, and nothing else', () => {
    kubectl.ok('create', 'configmap', 'somebody-elses', '--namespace', workload.namespace);
    expect(kubectl.prune(rendered.paths)).toMatchObject({ status: 0, stderr: '' });
    expect([...applied.stored().keys()]).toEqual(rendered.ids);

    // A release after the next: other secrets, another image, no disruption budget and no priority any more.
    const next = render(rotated(upgraded(environment)), outputs, 'next');
    const gone = ['PriorityClass', 'PodDisruptionBudget'].map(kind => idOf(next, kind));
    const paths = next.paths.filter(path => !/priority|disruption/.test(path));
    for (const path of paths) expect(kubectl.apply(path)).toMatchObject({ status: 0, stderr: '' });
    const rolledOut = applied.stored();
    const replaced = ['Job', 'SecretProviderClass'].map(kind => idOf(rendered, kind));
    expect([...rolledOut.keys()]).toEqual(expect.arrayContaining([...gone, ...replaced]));

    const { status, stdout, stderr } = kubectl.prune(paths);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.match(/ pruned$/gm)).toHaveLength(4);
    expect(changes(rolledOut, applied.stored()).removed.sort()).toEqual([...gone, ...replaced].sort());
    kubectl.ok('delete', 'configmap', 'somebody-elses', '--namespace', workload.namespace);
  });

  test('applying again keeps the number of replicas that the autoscaler chose', () => {
    const name = ['--namespace', workload.namespace, 'deployment', workload.name];
    kubectl.ok('scale', ...name, '--replicas=7');
    applied.expectAccepted(rendered);
    expect(applied.stored().get(deployment).spec.replicas).toBe(7);
  });
});

function upgraded(environment: Environment): Environment {
  const { gateway } = environment;
  const digest = `sha256:${'0'.repeat(64)}`;
  return { ...environment, gateway: { ...gateway, image: { ...gateway.image, digest } } };
}

function rotated(environment: Environment): Environment {
  return { ...environment, secretsRevision: environment.secretsRevision + 1 };
}
