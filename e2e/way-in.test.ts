import { join } from 'node:path';
import { minimal } from '../__tests__/fixtures/minimal';
import { environmentOf } from '../__tests__/helpers/environment';
import { withValue } from '../__tests__/helpers/objects';
import { outputs } from '../__tests__/helpers/render';
import type { ControllerName } from '../config/ingress-controllers';
import { ApiServer } from './harness/api-server';
import { acmeChallenge } from './harness/challenge';
import { Nginx } from './harness/nginx';
import { poll } from './harness/poll';
import { runFolder } from './harness/project';
import { send } from './harness/raw-client';
import { render } from './harness/rendered';
import { SlowUpstream } from './harness/slow-upstream';
import { Traefik } from './harness/traefik';
import { askForSilence, describeWayIn, type Subject } from './harness/way-in';

const environment = (controller: ControllerName) =>
  environmentOf(withValue(minimal, 'ingress.controller', controller));

/** The controllers that are an NGINX, each with one of its own. */
const nginxes = (['nginx', 'application-routing'] as const).map(controller => ({
  controller,
  nginx: new Nginx(join(runFolder, `nginx-${controller}`)),
}));
const server = new ApiServer();
const traefik = new Traefik(server);

const subjects = new Map<ControllerName, Subject>();
const subject = (controller: ControllerName) => () => subjects.get(controller) as Subject;

/** All of them before the first test, because each waits for its silence while the tests run. */
beforeAll(async () => {
  for (const { controller, nginx } of nginxes) {
    const upstream = await SlowUpstream.start();
    const { objects } = render(environment(controller), outputs, controller);
    const way = await nginx.start(objects, upstream.port);
    subjects.set(controller, { way, upstream, silence: askForSilence(way) });
  }
  await server.start();
  const { folder } = render(environment('traefik'), outputs, 'traefik');
  expect(server.kubectl.apply(folder)).toMatchObject({ status: 0, stderr: '' });
  const upstream = await SlowUpstream.start('0.0.0.0');
  const way = await traefik.start(environment('traefik'), upstream.port);
  subjects.set('traefik', { way, upstream, silence: askForSilence(way) });
});

afterAll(async () => {
  for (const { nginx } of nginxes) await nginx.stop();
  await traefik.stop();
  for (const { upstream } of subjects.values()) await upstream.stop();
  await server.stop();
});

describe.each(nginxes)('NGINX as $controller configures it', ({ controller }) => {
  const { ingress } = environment(controller);

  describeWayIn(ingress, subject(controller));

  test('a request beyond maxBodyMegabytes is refused', async () => {
    const body = Buffer.alloc((ingress.maxBodyMegabytes + 1) * 2 ** 20, 'x');
    expect((await send(subject(controller)().way, '/v1/chat/completions', { body })).status).toBe(413);
  });
});

describe('Traefik', () => {
  const { ingress, host } = environment('traefik');

  describeWayIn(ingress, subject('traefik'));

  test('what a client says of its address is dropped', async () => {
    const { way, upstream } = subject('traefik')();
    await send(way, '/v1/models', { headers: { 'x-forwarded-for': '10.0.0.1' } });
    expect(upstream.seen.at(-1)?.headers['x-forwarded-for']).toBe('127.0.0.1');
  });

  test("cert-manager's challenge is answered, over HTTP and after a redirect, beside our own routes", async () => {
    const { way } = subject('traefik')();
    const [issuer] = server.kubectl.applied(['Issuer']);
    const challenge = acmeChallenge(issuer, host, 'litellm-proxy', 80);
    expect(server.kubectl.run(['create', '-f', '-'], JSON.stringify(challenge.object)).status).toBe(0);
    await poll('the challenge is answered at both ports', async () => {
      const plain = await send(way, challenge.path, { scheme: 'http' });
      const encrypted = await send(way, challenge.path);
      return plain.status === 200 && encrypted.status === 200 ? true : undefined;
    });
  });
});
