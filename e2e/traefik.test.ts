import { minimal } from '../__tests__/fixtures/minimal';
import { environmentOf } from '../__tests__/helpers/environment';
import { withValue } from '../__tests__/helpers/objects';
import { outputs } from '../__tests__/helpers/render';
import { ApiServer } from './harness/api-server';
import { poll } from './harness/poll';
import { send } from './harness/raw-client';
import { render } from './harness/rendered';
import { SlowUpstream } from './harness/slow-upstream';
import { Traefik } from './harness/traefik';
import { askForSilence, describeWayIn, type Subject } from './harness/way-in';

const environment = environmentOf(withValue(minimal, 'ingress.controller', 'traefik'));
const server = new ApiServer();
const traefik = new Traefik(server);
let subject: Subject;

beforeAll(async () => {
  await server.start();
  const { folder } = render(environment, outputs, 'traefik');
  expect(server.kubectl.apply(folder)).toMatchObject({ status: 0, stderr: '' });
  const upstream = await SlowUpstream.start('0.0.0.0');
  const way = await traefik.start(environment, upstream.port);
  subject = { way, upstream, silence: askForSilence(way) };
});

afterAll(async () => {
  await traefik.stop();
  await subject?.upstream.stop();
  await server.stop();
});

describe('Traefik', () => {
  describeWayIn(environment, () => subject);

  test('drops what a client says of its address, instead of passing it on', async () => {
    await send(subject.way, '/v1/models', { headers: { 'x-forwarded-for': '10.0.0.1' } });
    expect(subject.upstream.seen.at(-1)?.headers['x-forwarded-for']).toBe('127.0.0.1');
  });

  test("serves cert-manager's challenge, over HTTP and after a redirect, beside our own routes", async () => {
    const path = '/.well-known/acme-challenge/token';
    const { ingressClassName } = server.kubectl.applied(['Issuer'])[0].spec.acme.solvers[0].http01.ingress;
    const challenge = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'cm-acme-http-solver-abcde', namespace: 'litellm' },
      spec: {
        ingressClassName,
        rules: [
          {
            host: environment.host,
            http: {
              paths: [
                {
                  path,
                  pathType: 'ImplementationSpecific',
                  backend: { service: { name: 'litellm-proxy', port: { number: 80 } } },
                },
              ],
            },
          },
        ],
      },
    };
    expect(server.kubectl.run(['create', '-f', '-'], JSON.stringify(challenge)).status).toBe(0);
    const answered = async () => {
      const plain = await send(subject.way, path, { scheme: 'http' });
      const encrypted = await send(subject.way, path);
      return plain.status === 200 && encrypted.status === 200 ? true : undefined;
    };
    await poll('the challenge is answered at both ports', answered);
  });
});
