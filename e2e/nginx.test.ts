import { join } from 'node:path';
import { minimal } from '../__tests__/fixtures/minimal';
import { environmentOf } from '../__tests__/helpers/environment';
import { withValue } from '../__tests__/helpers/objects';
import { outputs } from '../__tests__/helpers/render';
import { Nginx } from './harness/nginx';
import { runFolder } from './harness/project';
import { send, type WayIn } from './harness/raw-client';
import { render } from './harness/rendered';
import { SlowUpstream } from './harness/slow-upstream';
import { describeWayIn } from './harness/way-in';

describe.each(['nginx', 'application-routing'] as const)('NGINX as %s configures it', controller => {
  const environment = environmentOf(withValue(minimal, 'ingress.controller', controller));
  const nginx = new Nginx(join(runFolder, `nginx-${controller}`));
  let way: WayIn;
  let upstream: SlowUpstream;

  beforeAll(async () => {
    upstream = await SlowUpstream.start();
    way = await nginx.start(render(environment, outputs, controller).objects, upstream.port);
  });

  afterAll(async () => {
    await nginx.stop();
    await upstream.stop();
  });

  describeWayIn(environment, () => ({ way, upstream }));

  test('a request beyond maxBodyMegabytes is refused', async () => {
    const body = Buffer.alloc((environment.ingress.maxBodyMegabytes + 1) * 2 ** 20, 'x');
    expect((await send(way, '/v1/chat/completions', { body })).status).toBe(413);
  });
});
