import { join } from 'node:path';
import { minimal } from '../__tests__/fixtures/minimal';
import { environmentOf } from '../__tests__/helpers/environment';
import { withValue } from '../__tests__/helpers/objects';
import { outputs } from '../__tests__/helpers/render';
import { Nginx } from './harness/nginx';
import { runFolder } from './harness/project';
import { send } from './harness/raw-client';
import { render } from './harness/rendered';
import { SlowUpstream } from './harness/slow-upstream';
import { askForSilence, describeWayIn, type Subject } from './harness/way-in';

/** The controllers that are an NGINX, each with one of its own. */
const controllers = (['nginx', 'application-routing'] as const).map(controller => ({
  controller,
  environment: environmentOf(withValue(minimal, 'ingress.controller', controller)),
  nginx: new Nginx(join(runFolder, `nginx-${controller}`)),
}));

const subjects = new Map<string, Subject>();

beforeAll(async () => {
  for (const { controller, environment, nginx } of controllers) {
    const upstream = await SlowUpstream.start();
    const way = await nginx.start(render(environment, outputs, controller).objects, upstream.port);
    subjects.set(controller, { way, upstream, silence: askForSilence(way) });
  }
});

afterAll(async () => {
  for (const { nginx } of controllers) await nginx.stop();
  for (const { upstream } of subjects.values()) await upstream.stop();
});

describe.each(controllers)('NGINX as $controller configures it', ({ controller, environment }) => {
  const subject = () => subjects.get(controller) as Subject;

  describeWayIn(environment, subject);

  test('a request beyond maxBodyMegabytes is refused', async () => {
    const body = Buffer.alloc((environment.ingress.maxBodyMegabytes + 1) * 2 ** 20, 'x');
    expect((await send(subject().way, '/v1/chat/completions', { body })).status).toBe(413);
  });
});
