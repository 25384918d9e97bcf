import { closedPaths } from '../../charts/closed-paths';
import type { IngressSettings } from '../../config/ingress';
import { echo, pieces, type RawAnswer, send, type WayIn } from './raw-client';
import type { SlowUpstream } from './slow-upstream';

/** Seconds of silence: twice what NGINX waits for unless it is told. */
const SILENCE = 120;

/** Other ways to write `/metrics`, as somebody who wants to get past a rule would. */
const disguises = (path: string) => [
  path,
  `${path}/`,
  `${path}?x=1`,
  `/${path}`,
  `/.${path}`,
  `/v1/..${path}`,
  `/v1/%2e%2e${path}`,
  `/v1/%2E%2E/${path}`,
  `/%${path.charCodeAt(1).toString(16)}${path.slice(2)}`,
  `${path}%2f`,
  `/${path.slice(1).replaceAll('/', '%2f')}`,
  `/${path.slice(1).replaceAll('/', '%2F')}%2Fx`,
  `/%2f${path}`,
  `\\${path}`,
];

export interface Subject {
  readonly way: WayIn;
  readonly upstream: SlowUpstream;
  /** An answer that takes `SILENCE` to begin, asked for before the tests. */
  readonly silence: Promise<RawAnswer>;
}

/** Asks for it, so that all subjects of a file wait at once, while the tests run. */
export function askForSilence(way: WayIn): Promise<RawAnswer> {
  const silence = send(way, `/v1/silent?seconds=${SILENCE}`);
  silence.catch(() => {});
  return silence;
}

/** What has to hold for every controller, in front of an upstream of the test's own. */
export function describeWayIn(ingress: IngressSettings, subject: () => Subject): void {
  test('a stream arrives piece by piece: the next one is sent when the one before has arrived', async () => {
    const { way, upstream } = subject();
    const arrived: string[] = [];
    for await (const piece of pieces(way, '/v1/stream')) {
      arrived.push(piece);
      upstream.sendNext();
    }
    expect(arrived).toEqual(['data: one\n\n', 'data: two\n\n', 'data: three\n\n']);
    // A proxy that buffers would wait for ever.
  }, 20_000);

  test('a WebSocket is let through to /v1/realtime', async () => {
    expect(await echo(subject().way, '/v1/realtime?model=gpt-realtime', 'said in frames')).toBe(
      'said in frames',
    );
  }, 20_000);

  test.each(closedPaths(ingress))('%s is refused, however it is written', async path => {
    const { way, upstream } = subject();
    const before = upstream.seen.length;
    expect((await send(way, path)).status).toBe(403);
    for (const disguise of disguises(path)) await send(way, disguise);
    // What LiteLLM would make of what came through: it decodes a path once, and merges nothing.
    const served = upstream.seen.slice(before).map(seen => decodeURIComponent(seen.path));
    expect(
      served.filter(found => found === path || found.startsWith(`${path}/`) || found.startsWith(`${path}?`)),
    ).toEqual([]);
  });

  test('the API is not closed, and knows the client by the last address that it is told', async () => {
    const { way, upstream } = subject();
    const headers = { 'x-forwarded-for': '10.0.0.1' };
    expect(await send(way, '/v1/models', { headers })).toMatchObject({ status: 200, body: 'answered' });
    const forwarded = String(upstream.seen.at(-1)?.headers['x-forwarded-for']);
    expect(forwarded.split(', ').at(-1)).toBe('127.0.0.1');
    expect(upstream.seen.at(-1)?.headers.host).toBe(way.host);
  });

  test('HTTP is sent to HTTPS, which tells browsers to stay there', async () => {
    const { way } = subject();
    const redirected = await send(way, '/v1/models?x=1', { scheme: 'http' });
    expect(redirected.status).toBeGreaterThanOrEqual(301);
    expect(redirected.status).toBeLessThanOrEqual(308);
    expect(redirected.headers.location).toBe(`https://${way.host}/v1/models?x=1`);
    const { headers } = await send(way, '/v1/models');
    expect(headers['strict-transport-security']).toMatch(/^max-age=31536000/);
  });

  test('a prompt of many megabytes comes through', async () => {
    const { way, upstream } = subject();
    const body = Buffer.alloc((ingress.maxBodyMegabytes - 1) * 2 ** 20, 'x');
    expect((await send(way, '/v1/chat/completions', { body })).status).toBe(200);
    expect(upstream.seen.at(-1)?.bytes).toBe(body.length);
  });

  test(`a request that is silent for ${SILENCE} s is not cut`, async () => {
    expect(await subject().silence).toMatchObject({ status: 200, body: 'answered' });
  });
}
