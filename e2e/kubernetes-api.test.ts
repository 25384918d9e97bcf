import { minimal } from '../__tests__/fixtures/minimal';
import { environmentOf } from '../__tests__/helpers/environment';
import { type Json, withValue } from '../__tests__/helpers/objects';
import type { Environment } from '../config/environment';
import { unknownOutputs } from '../contract/outputs';
import { workload } from '../contract/workload';
import { ApiServer } from './harness/api-server';
import { Applied, environments, idOf, yaml } from './harness/applied';
import { render } from './harness/rendered';
import type { Objects } from './harness/stored';

const server = new ApiServer();
const { kubectl } = server;
const applied = new Applied(kubectl);

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
    before = applied.expectFresh(rendered);
  });

  test('an empty cluster takes one file after the other', () => {
    applied.clear();
    for (const path of rendered.paths) {
      const { status, stderr } = kubectl.apply(path);
      expect({ path, status, stderr }).toEqual({ path, status: 0, stderr: '' });
    }
    expect([...applied.stored().keys()]).toEqual(rendered.ids);
  });

  test('applying again changes nothing', () => {
    applied.expectAccepted(rendered);
    expect(applied.stored()).toEqual(before);
  });

  test('a preview is refused, object by object, where only the namespace exists', () => {
    applied.clear();
    // Without it, the answer would be that there is no such namespace.
    expect(kubectl.apply(rendered.paths[0] ?? '').status).toBe(0);
    expectPreviewRefused(environment);
    expect([...applied.stored().keys()]).toEqual([`Namespace/${workload.namespace}`]);
  });

  test('a preview is refused, object by object, where the real one runs', () => {
    expectPreviewRefused(environment);
    expect(applied.stored()).toEqual(before);
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

function podOf({ spec }: Json): Json {
  const { metadata, spec: podSpec } = spec.template;
  const { name, namespace } = workload;
  return { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, name, namespace }, spec: podSpec };
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
