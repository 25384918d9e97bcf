import type { Options } from '../../verify/options';
import { verifyUrl } from '../../verify/verify';
import { FakeGateway, type Mischief, send } from '../helpers/fake-gateway';
import { MASTER_KEY, plainKey } from '../helpers/fake-keys';
import { testHost } from '../helpers/host';
import { hurry } from '../helpers/hurry';

let gateway: FakeGateway;

beforeEach(async () => {
  gateway = await FakeGateway.start();
});

afterEach(() => gateway.stop());

interface Report {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly warnings: string[];
  readonly checks: { id: string; status: string; found: string }[];
}

async function run(
  options: Partial<Options> = {},
  host = testHost({ env: { LITELLM_MASTER_KEY: MASTER_KEY } }),
) {
  const exitCode = await verifyUrl(gateway.url, host, {
    json: true,
    timeout: 5,
    patience: hurry,
    ...options,
  });
  const report = JSON.parse(host.said.out.join('\n')) as Report;
  const failed = report.checks.filter(({ status }) => status === 'failed');
  return { exitCode, report, failed, everything: [...host.said.out, ...host.said.err].join('\n') };
}

/** Answers one path as it should not be answered. */
function at(path: string, answer: Mischief): Mischief {
  return (request, response, body) =>
    new URL(request.url ?? '', 'http://any').pathname === path ? answer(request, response, body) : false;
}

function nothingIsLeft(): void {
  const { keys, teams, users } = gateway.database;
  expect([...keys.values(), ...teams.keys(), ...users.keys()]).toEqual([]);
}

test('a gateway that works passes, and nothing of the run is left', async () => {
  const { exitCode, report, failed } = await run();
  expect(failed).toEqual([]);
  expect(exitCode).toBe(0);
  expect(report.passed).toBeGreaterThan(40);
  expect(report.passed + report.skipped).toBe(report.checks.length);
  nothingIsLeft();
});

test('the summary counts what the table shows', async () => {
  const host = testHost({ env: { LITELLM_MASTER_KEY: MASTER_KEY } });
  await verifyUrl(gateway.url, host, { patience: hurry, only: ['health'] });
  const rows = host.said.out.filter(line => line.startsWith('passed '));
  expect(rows.length).toBeGreaterThan(0);
  expect(host.said.out.at(-1)).toMatch(new RegExp(`^${rows.length} passed, 0 failed, \\d+ skipped$`));
});

test.each([
  ['hangs', { found: /no complete answer within 1 s/, mischief: () => true }],
  [
    'closes the connection',
    { found: /closed before an answer came/, mischief: (_, { socket }) => !!socket?.destroy() },
  ],
  [
    'drops it in the middle of an answer',
    {
      found: /broke off in the middle/,
      mischief: (_, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('{');
        setTimeout(() => response.socket?.destroy(), 20);
        return true;
      },
    },
  ],
  [
    'answers HTML',
    {
      found: /answered 200 with an HTML page \("Welcome"\): not LiteLLM answered/,
      mischief: (_, response) => !!response.end('<html><title>Welcome</title></html>'),
    },
  ],
  [
    'answers 502 from something in front of it',
    {
      found: /answered 502 with an HTML page \("502 Bad Gateway"\)/,
      mischief: (_, response) => !!response.writeHead(502).end('<html><title>502 Bad Gateway</title></html>'),
    },
  ],
  [
    'answers 500',
    {
      found: /answered 500 boom: it broke/,
      mischief: (_, response) => {
        send(response, 500, { error: { type: 'boom', message: 'it broke' } });
        return true;
      },
    },
  ],
  [
    'speaks something else than HTTP',
    { found: /does not speak HTTP/, mischief: (_, { socket }) => !!socket?.end('SSH-2.0-OpenSSH\r\n') },
  ],
] satisfies [
  string,
  { found: RegExp; mischief: Mischief },
][])('a gateway that %s is one failure, and an exit code', async (_, { found, mischief }) => {
  gateway.mischief = mischief;
  const { exitCode, report, failed } = await run({ timeout: 1 });
  expect(exitCode).toBe(1);
  expect(failed.map(({ id }) => id)).toEqual(['health.liveness']);
  expect(failed[0]?.found).toMatch(found);
  expect(report.passed).toBe(0);
});

test('a gateway that nobody runs is one failure', async () => {
  const { url } = gateway;
  await gateway.stop();
  const host = testHost({ env: { LITELLM_MASTER_KEY: MASTER_KEY } });
  expect(await verifyUrl(url, host, { patience: hurry })).toBe(1);
  expect(host.said.out.filter(line => line.includes('ECONNREFUSED'))).toHaveLength(1);
  expect(host.said.out.at(-1)).toMatch(/^0 passed, 1 failed, \d+ skipped$/);
});

test('a gateway that goes away in the middle is one failure, not one for each check', async () => {
  let answers = 0;
  gateway.mischief = (_, { socket }) => ++answers > 20 && !!socket?.destroy();
  const { exitCode, failed, report } = await run();
  expect(exitCode).toBe(1);
  expect(failed.filter(({ id }) => id !== 'cleanup.complete')).toHaveLength(1);
  expect(report.checks.some(({ found }) => found.startsWith('the gateway stopped answering'))).toBe(true);
});

test('a wrong master key is one failure', async () => {
  const { exitCode, failed } = await run(
    {},
    testHost({ env: { LITELLM_MASTER_KEY: 'sk-not-the-master-key' } }),
  );
  expect(exitCode).toBe(1);
  expect(failed.map(({ id }) => id)).toEqual(['models.list']);
});

test('a failure in the middle leaves nothing behind', async () => {
  gateway.mischief = at('/team/info', (_, response) => !!response.writeHead(500).end('{}'));
  const { exitCode, failed } = await run();
  expect(exitCode).toBe(1);
  expect(failed.map(({ id }) => id)).toEqual(['teams.create']);
  nothingIsLeft();
});

test('Ctrl-C in the middle leaves nothing behind, and what was not looked at is no pass', async () => {
  const host = testHost({ env: { LITELLM_MASTER_KEY: MASTER_KEY } });
  gateway.mischief = at('/team/new', () => {
    host.interrupt();
    return false;
  });
  const { exitCode, report, failed } = await run({}, host);
  expect(exitCode).toBe(130);
  expect(failed).toEqual([]);
  expect(report.checks.filter(({ found }) => found === 'interrupted').length).toBeGreaterThan(0);
  expect(report.checks.at(-1)).toMatchObject({ id: 'cleanup.complete', status: 'passed' });
  nothingIsLeft();
});

test('a key is deleted even if the answer that brought it never came', async () => {
  gateway.mischief = at('/key/generate', (_request, { socket }, body) => {
    if (!body.key_alias.endsWith('-updated')) return false;
    gateway.database.keys.set('sk-nobody-was-told', plainKey(body.key_alias));
    return !!socket?.destroy();
  });
  const { failed } = await run();
  expect(failed.map(({ id }) => id)).toEqual(['keys.update']);
  nothingIsLeft();
});

test('what cannot be deleted is a failure that names it', async () => {
  gateway.mischief = at('/user/delete', (_, response) => !!response.writeHead(500).end('{}'));
  const { exitCode, failed } = await run();
  expect(exitCode).toBe(1);
  expect(failed.map(({ id }) => id)).toEqual(['cleanup.complete']);
  expect(failed[0]?.found).toMatch(/^user litellm-aks-verify-\S+-user is left: answered 500/);
});

test('what killed runs left is reported, and deleted on request; what runs now is left alone', async () => {
  const old = 'litellm-aks-verify-20200101T000000Z-dead-scoped';
  const now = `litellm-aks-verify-${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}-beef-scoped`;
  for (const alias of [old, now, 'somebody-else']) gateway.database.keys.set(`sk-${alias}`, plainKey(alias));
  expect((await run()).report.warnings).toEqual([
    'killed runs left 1 key behind; --remove-leftovers deletes them',
  ]);
  await run({ removeLeftovers: true });
  expect([...gateway.database.keys.values()].map(({ alias }) => alias)).toEqual([now, 'somebody-else']);
});

test('no secret is repeated, not even one that the gateway shouts', async () => {
  gateway.mischief = (request, response) => {
    if (request.url !== '/v1/models' && request.url !== '/key/info') return false;
    const message = `you sent ${request.headers.authorization}, and ${[...gateway.database.keys.keys()]}`;
    send(response, request.url === '/key/info' ? 500 : 200, {
      object: 'list',
      data: [{ id: gateway.models[0] }],
      error: { type: 'chatty', message },
    });
    return true;
  };
  const { everything, failed } = await run();
  expect(failed.map(({ id }) => id)).toContain('security.errors');
  expect(everything).not.toContain(MASTER_KEY);
  expect(everything).not.toMatch(/sk-[0-9a-f]{8}/);
  expect(everything).toContain('(hidden)');
});

test('a database that LiteLLM does not have makes its checks skipped, with the reason, and not passed', async () => {
  gateway.mischief = at('/health/readiness', (_, response) => {
    send(response, 200, { status: 'healthy', db: 'Not connected' });
    return true;
  });
  const { exitCode, report, failed } = await run();
  expect(exitCode).toBe(0);
  expect(failed).toEqual([]);
  const keys = report.checks.filter(({ id }) => /^(keys|teams|spend)\./.test(id));
  expect(new Set(keys.map(({ status }) => status))).toEqual(new Set(['skipped']));
  expect(keys[0]?.found).toMatch(/this LiteLLM has no database/);
  expect((await run({ strict: true })).exitCode).toBe(1);
});

test('only what is asked for runs, and what it needs', async () => {
  const { report } = await run({ only: ['keys.models'] });
  const ran = report.checks.filter(({ status }) => status === 'passed').map(({ id }) => id);
  expect(ran).toEqual([
    'health.liveness',
    'health.readiness',
    'health.database',
    'models.list',
    'chat.completion',
    'keys.create',
    'keys.models',
    'cleanup.complete',
  ]);
});

test('a check whose need was left out is skipped, and says so', async () => {
  const { report, exitCode } = await run({ skip: ['chat.completion'], only: ['keys', 'chat.unknown-model'] });
  expect(exitCode).toBe(0);
  expect(report.checks.find(({ id }) => id === 'keys.create')).toMatchObject({
    status: 'skipped',
    found: 'needs chat.completion, which was left out',
  });
});

test('a run in which nothing could be checked is no success', async () => {
  const host = testHost({ env: { LITELLM_MASTER_KEY: MASTER_KEY } });
  expect(await verifyUrl(gateway.url, host, { only: ['address.expiry'] })).toBe(1);
});

test('it says how many calls it made upstream', async () => {
  const { report } = await run({ only: ['chat.every-model'] });
  expect(report).toMatchObject({ upstreamCalls: gateway.models.length });
});
