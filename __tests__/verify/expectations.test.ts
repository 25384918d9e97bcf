import { Health } from '../../verify/health';
import { Redaction } from '../../verify/redaction';
import { Runner } from '../../verify/runner';
import { select } from '../../verify/selection';
import { Session } from '../../verify/session';
import { cleanup, suite } from '../../verify/suite';
import { type Expectations, expectationsOf } from '../../verify/target';
import { minimal } from '../fixtures/minimal';
import { environmentOf } from '../helpers/environment';
import { FakeGateway, type Mischief, send } from '../helpers/fake-gateway';
import { MASTER_KEY } from '../helpers/fake-keys';
import { hurry } from '../helpers/hurry';

let gateway: FakeGateway;

beforeEach(async () => {
  gateway = await FakeGateway.start();
});

afterEach(() => gateway.stop());

/** What becomes of checks at a gateway of which this is expected. */
async function outcomes(
  only: string[],
  expected: Partial<Expectations>,
  pods: string[] = [],
): Promise<Record<string, string>> {
  const stop = new AbortController();
  const session = new Session({
    target: {
      endpoint: { url: gateway.url },
      pods,
      dnsServers: [],
      expectations: {
        ...expectationsOf(environmentOf(minimal)),
        models: gateway.models,
        exposes: { adminUi: true, metrics: true, apiDocs: true },
        ...expected,
      },
    },
    masterKey: MASTER_KEY,
    timeoutSeconds: 5,
    signal: stop.signal,
    redaction: new Redaction(),
    started: new Date(),
    patience: hurry,
  });
  const health = new Health(session.stranger, stop, new AbortController().signal);
  const results = await new Runner({ session, health, report: () => {} }).run(
    select(suite, only, []),
    cleanup,
  );
  return Object.fromEntries(
    results
      .filter(({ check: { id } }) => only.some(name => id.startsWith(name)))
      .map(({ check: { id }, status, found }) => [id, `${status} ${found}`]),
  );
}

function closed(...paths: string[]): Mischief {
  return (request, response) => {
    const isClosed = paths.some(path => request.url?.startsWith(path));
    if (isClosed) response.writeHead(404).end('closed');
    return isClosed;
  };
}

test('an environment says which models, version and switches it expects', () => {
  expect(expectationsOf(environmentOf(minimal))).toEqual({
    environment: 'test',
    models: ['acme-large'],
    version: '1.102.0',
    batchWriteSeconds: 60,
    metrics: true,
    openMetrics: false,
    userInterface: true,
    apiDescription: true,
    exposes: { adminUi: false, metrics: false, apiDocs: false },
    stagingCertificate: false,
  });
  const other = environmentOf({
    ...minimal,
    extensions: { callbacks: [] },
    gateway: {
      env: { DISABLE_ADMIN_UI: 'True', NO_OPENAPI: 'True' },
      database: { batchWriteSeconds: 10 },
      settings: { litellm_settings: { require_auth_for_metrics_endpoint: false } },
    },
    ingress: { acme: { email: 'platform@acme.example', server: 'staging' } },
  });
  expect(expectationsOf(other)).toMatchObject({
    batchWriteSeconds: 10,
    metrics: false,
    openMetrics: true,
    userInterface: false,
    apiDescription: false,
    stagingCertificate: true,
  });
});

test('models and version are compared with the environment', async () => {
  expect(await outcomes(['models.catalogue', 'health.version'], {})).toEqual({
    'health.version': 'passed 1.102.0',
    'models.catalogue': 'passed all 2',
  });
  expect(
    await outcomes(['models.catalogue', 'health.version'], {
      models: ['first-model', 'third'],
      version: '1.104.2',
    }),
  ).toEqual({
    'health.version': 'failed 1.102.0, but the environment names 1.104.2',
    'models.catalogue': 'failed missing: third; not in the environment: second-model',
  });
});

test('what the ingress keeps closed has to be closed, and is looked at past it', async () => {
  const exposes = { adminUi: false, metrics: false, apiDocs: false };
  const only = ['metrics', 'security.ui'];
  expect(await outcomes(only, { exposes }, [gateway.url])).toMatchObject({
    'metrics.endpoint': 'passed 1 families',
    'metrics.closed': expect.stringMatching(/^failed answered 401/),
    'security.ui': 'failed /ui/ is open, but the environment keeps it behind the ingress',
  });
  gateway.mischief = closed('/metrics', '/ui', '/.well-known', '/v2/login');
  expect(await outcomes(only, { exposes })).toEqual({
    'metrics.endpoint': expect.stringMatching(
      /^skipped the ingress keeps \/metrics\/ closed, and no pod can be asked/,
    ),
    'metrics.requests': expect.stringMatching(/^skipped the ingress keeps/),
    'metrics.closed': 'passed closed by the ingress: 404',
    'security.ui': 'passed closed by the ingress: 404',
  });
});

test('metrics that are meant to be open have to be', async () => {
  const only = ['metrics.closed'];
  expect((await outcomes(only, { openMetrics: true }))['metrics.closed']).toMatch(/^failed answered 401/);
  gateway.mischief = (request, response) => request.url === '/metrics/' && !!response.end('litellm_x 1');
  expect((await outcomes(only, { openMetrics: true }))['metrics.closed']).toBe(
    'passed open, as configured: 200',
  );
  expect((await outcomes(only, {}))['metrics.closed']).toMatch(/^failed anybody reads them/);
});

test('without a prometheus callback there is nothing to look at', async () => {
  const found = await outcomes(['metrics'], { metrics: false });
  expect(new Set(Object.values(found))).toEqual(
    new Set(['skipped the environment has no prometheus callback']),
  );
});

test('the admin UI has to be switched as the environment says', async () => {
  expect((await outcomes(['security.ui'], { userInterface: false }))['security.ui']).toBe(
    'failed it is switched on',
  );
  gateway.mischief = (request, response) => {
    if (request.url !== '/.well-known/litellm-ui-config') return false;
    send(response, 200, { admin_ui_disabled: true });
    return true;
  };
  expect((await outcomes(['security.ui'], { userInterface: false }))['security.ui']).toBe(
    'passed switched off',
  );
  expect((await outcomes(['security.ui'], {}))['security.ui']).toBe('failed it is switched off');
});

describe("the API's description", () => {
  const only = ['security.api-docs'];
  const exposes = { adminUi: true, metrics: true, apiDocs: false };
  const found = async (more: Partial<Expectations>) => (await outcomes(only, more))['security.api-docs'];

  test('has to be there where the environment exposes it', async () => {
    expect(await found({})).toBe('passed open, with 1 paths');
    gateway.mischief = closed('/openapi.json');
    expect(await found({})).toMatch(/^failed answered 404/);
    expect(await found({ apiDescription: false })).toBe('passed switched off: 404');
  });

  test('has to be an OpenAPI document', async () => {
    gateway.mischief = (request, response) => {
      if (request.url === '/openapi.json') response.end('<html><title>Welcome</title></html>');
      return request.url === '/openapi.json';
    };
    expect(await found({})).toMatch(/^failed answered 200 with an HTML page/);
  });

  test('is nowhere where the ingress keeps it closed', async () => {
    expect(await found({ exposes })).toBe(
      'failed /openapi.json answered 200, but the environment keeps it behind the ingress',
    );
    gateway.mischief = closed('/openapi.json', '/docs');
    expect(await found({ exposes })).toBe('passed closed by the ingress: 404');
    for (const path of ['/redoc', '/']) {
      gateway.mischief = (request, response) => request.url === path && !!response.end('<html></html>');
      expect(await found({ exposes })).toContain(`failed /openapi.json answered 200, ${path} answered 200`);
    }
  });
});
