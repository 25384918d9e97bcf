import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { minimal } from '../__tests__/fixtures/minimal';
import { environmentOf } from '../__tests__/helpers/environment';
import { withValue } from '../__tests__/helpers/objects';
import { outputs } from '../__tests__/helpers/render';
import { controllerNames } from '../config/ingress-controllers';
import { synthesize } from '../synth/synthesize';
import { ApiServer } from './harness/api-server';
import { acmeChallenge } from './harness/challenge';
import { runFolder } from './harness/project';
import { type Rendered, render } from './harness/rendered';
import { byId, type Objects } from './harness/stored';

const server = new ApiServer();
const { kubectl } = server;

const dns01 = {
  ...minimal.ingress,
  acme: { ...minimal.ingress.acme, solver: 'dns01' },
  dnsZone: { name: 'acme.example', resourceGroup: 'rg-dns' },
};
const subscriptionId = '11111111-2222-4333-8444-555555555555';
const given = { ...outputs, cert_manager_client_id: outputs.tenant_id };

/** Every controller with both solvers; the exposure changes annotations alone. */
const ways = controllerNames.flatMap(controller =>
  [minimal.ingress, dns01].map((ingress, index) => {
    const solver = index === 0 ? 'http01' : 'dns01';
    const environment = environmentOf({ ...minimal, subscriptionId, ingress: { ...ingress, controller } });
    return {
      controller,
      solver,
      environment,
      rendered: render(environment, given, `${controller}-${solver}`),
    };
  }),
);
const kinds = ways.flatMap(({ rendered }) => rendered.objects.map(({ kind }) => kind));

beforeAll(() => server.start());

afterAll(() => server.stop());

/** Without the version: the API server writes a Gateway anew each time, for the status that it has by default. */
function stored(): Objects {
  const objects = kubectl.applied(kinds);
  return byId(objects.map(object => withValue(object, 'metadata.resourceVersion', undefined)));
}

/** Applied with the field manager that the README names. */
function apply(rendered: Rendered): void {
  const { status, stderr } = kubectl.apply(rendered.folder);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
}

describe.each(ways)('$controller with $solver', ({ controller, solver, environment, rendered }) => {
  beforeEach(() => kubectl.clear(kinds));

  test('is accepted whole, and again without a change', () => {
    apply(rendered);
    const before = stored();
    apply(rendered);
    expect(stored()).toEqual(before);
  });

  test('has no field that the definitions do not know', () => {
    const objects = rendered.objects.map(object =>
      withValue(object, 'spec' in object ? 'spec.mistake' : 'mistake', true),
    );
    const { stdout, stderr } = kubectl.apply(
      '-',
      objects.map(object => JSON.stringify(object)).join('\n---\n'),
    );
    expect(stdout).toBe('');
    const refused = [...stderr.matchAll(/ Kind=(\w+)\): \S*\.mistake: field not declared in schema$/gm)];
    expect(refused.map(([, kind]) => kind)).toEqual(objects.map(({ kind }) => kind));
  });

  test('orders no certificate while the folder is applied without what is below it', () => {
    const folder = join(runFolder, 'manifests', `by-hand-${controller}-${solver}`);
    for (const [path, content] of synthesize(environment, given).kubernetes) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    expect(kubectl.apply(join(folder, environment.name))).toMatchObject({ status: 0, stderr: '' });
    const custom = () => kubectl.applied(['Issuer', 'Certificate']).map(({ kind }) => kind);
    expect(custom()).toEqual([]);
    expect(kubectl.apply(join(folder, environment.name, 'after-dns'))).toMatchObject({ status: 0 });
    expect(custom().sort()).toEqual(['Certificate', 'Issuer']);
  });
});

test.each(
  ways.filter(({ solver }) => solver === 'http01'),
)("$controller: a host that changes after a challenge meets no conflict: cert-manager's answer was no edit of ours", ({
  environment,
  rendered,
  controller,
}) => {
  kubectl.clear(kinds);
  apply(rendered);
  const issuer = rendered.objects.find(({ kind }) => kind === 'Issuer');
  const { object: challenge } = acmeChallenge(issuer, environment.host);
  const created = kubectl.run(
    ['create', '--field-manager', 'cert-manager-challenges', '-f', '-'],
    JSON.stringify(challenge),
  );
  expect(created).toMatchObject({ status: 0 });
  apply(render({ ...environment, host: 'other.acme.example' }, given, `${controller}-other-host`));
  const name = `${challenge.kind}/${challenge.metadata.name}`;
  const { status } = kubectl.run(['delete', '--namespace', 'litellm', name]);
  expect(status).toBe(0);
});
