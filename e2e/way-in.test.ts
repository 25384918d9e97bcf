import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { minimal } from '../__tests__/fixtures/minimal';
import { environmentOf } from '../__tests__/helpers/environment';
import { type Json, withValue } from '../__tests__/helpers/objects';
import { outputs } from '../__tests__/helpers/render';
import type { ControllerName } from '../config/ingress-controllers';
import { nginxValues } from '../constructs/nginx-values';
import { ApiServer } from './harness/api-server';
import { acmeChallenge } from './harness/challenge';
import { Nginx } from './harness/nginx';
import { nginxSettings } from './harness/nginx-config';
import { poll } from './harness/poll';
import { runFolder } from './harness/project';
import { send, type WayIn } from './harness/raw-client';
import { render } from './harness/rendered';
import { SlowUpstream } from './harness/slow-upstream';
import { Traefik } from './harness/traefik';
import { askForSilence, describeWayIn, type Subject } from './harness/way-in';

const environment = (controller: ControllerName) =>
  environmentOf(withValue(minimal, 'ingress.controller', controller));

/** What F5's controller has for all hosts; the add-ons' stack gives it to its Helm chart. */
const { config } = (nginxValues(environment('nginx')) as Json).controller;

/** The controllers that are an NGINX, each with one of its own. */
const nginxes = (['nginx', 'application-routing'] as const).map(controller => ({
  controller,
  settings: controller === 'nginx' ? nginxSettings(config.entries) : undefined,
  nginx: new Nginx(join(runFolder, `nginx-${controller}`)),
}));
const server = new ApiServer();
const traefik = new Traefik(server);

const subjects = new Map<ControllerName, Subject>();
const subject = (controller: ControllerName) => () => subjects.get(controller) as Subject;

/** All of them before the first test, because each waits for its silence while the tests run. */
beforeAll(async () => {
  for (const { controller, nginx, settings } of nginxes) {
    const upstream = await SlowUpstream.start();
    const { objects } = render(environment(controller), outputs, controller);
    const way = await nginx.start(objects, upstream.port, settings);
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

describe("F5's NGINX", () => {
  const way = () => subject('nginx')().way;

  test('logs requests in the form that the alert reads, and no key of a query', async () => {
    const body = Buffer.from('{}');
    await send(way(), '/v1beta/models/gemini:generateContent?key=sk-in-the-query', { body });
    const folder = join(runFolder, 'nginx-nginx');
    const log = await poll('the request is logged', async () => {
      const lines = readFileSync(join(folder, 'access.log'), 'utf8');
      return lines.includes('gemini') ? lines : undefined;
    });
    expect(log).toMatch(/"POST \/v1beta\/models\/gemini:generateContent HTTP\/1\.1" 200 /);
    expect(log).not.toContain('sk-in-the-query');
  });

  test.each([
    ['ECDHE-ECDSA-AES128-GCM-SHA256', true],
    ['ECDHE-ECDSA-CHACHA20-POLY1305', true],
    ['ECDHE-ECDSA-AES128-SHA', false],
    ['ECDHE-ECDSA-AES256-SHA384', false],
  ])('of TLS 1.2: %s, %p', async (cipher, spoken) => {
    expect(await speaks(way(), cipher)).toBe(spoken);
  });
});

/** Whether a client of TLS 1.2 that knows this cipher alone is answered. */
function speaks({ host, https, ca }: WayIn, ciphers: string): Promise<boolean> {
  const options = { servername: host, ca: readFileSync(ca), ciphers, maxVersion: 'TLSv1.2' } as const;
  return new Promise(resolve => {
    const socket = connect({ ...options, host: '127.0.0.1', port: https }, () => {
      socket.end();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

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
