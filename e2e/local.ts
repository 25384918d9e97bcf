import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toYaml } from '../contract/yaml';
import { localConfig } from './harness/local-config';
import { readManifests } from './harness/manifests';
import { poll } from './harness/poll';
import { announce, projectFolder } from './harness/project';
import { findPython, missingTools } from './harness/tools';
import { prepareVenv, type Venv } from './harness/venv';

const USAGE =
  'Usage: npm run local -- <environment>: runs its rendered gateway on this machine, with your own keys.';

async function main(): Promise<void> {
  const environments = readdirSync(join(projectFolder, 'dist/kubernetes')).filter(
    name => !name.startsWith('.'),
  );
  const [environment = ''] = process.argv.slice(2);
  if (!environments.includes(environment)) {
    return fail([USAGE, `Environments: ${environments.join(', ')}`]);
  }
  const python = findPython();
  const missing = missingTools(['redis-server']);
  if ('missing' in python) return fail([...missing, python.missing]);
  if (missing.length > 0) return fail(missing);
  await run(environment, prepareVenv(python.python));
}

async function run(environment: string, venv: Venv): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'litellm-local-'));
  const redis = { port: await freePort(), password: randomBytes(16).toString('hex') };
  const port = Number(process.env.PORT ?? 4000);
  const { config, env, replaced, missing } = localConfig(readManifests(environment), process.env, redis);
  writeFileSync(join(folder, 'config.yaml'), toYaml(config));

  console.log(`The gateway of ${environment}, without Azure. Instead of\n${list(replaced)}`);
  if (missing.length > 0) {
    const lines = missing.map(({ variable, models }) => `${variable}, for ${models.join(', ') || 'LiteLLM'}`);
    console.log(`Not set in your shell, so these will not answer:\n${list(lines)}`);
  }

  const redisOptions = ['--bind', '127.0.0.1', '--port', String(redis.port), '--requirepass', redis.password];
  const children = [
    spawn('redis-server', [...redisOptions, '--save', '', '--dir', folder], { stdio: 'ignore' }),
    spawn(
      join(venv.folder, 'bin/litellm'),
      ['--config', join(folder, 'config.yaml'), '--host', '127.0.0.1', '--port', String(port)],
      { stdio: 'inherit', env: { ...process.env, ...env }, cwd: folder },
    ),
  ];
  const stopped = stopTogether(children);
  const url = `http://127.0.0.1:${port}`;
  const ready = poll(
    'the gateway is ready',
    async () => ((await fetch(`${url}/health/readiness`)).ok ? 'ready' : undefined),
    { seconds: 300, every: 1 },
  );
  if ((await Promise.race([ready, stopped])) === 'ready') {
    const authorization = `-H 'Authorization: Bearer ${env.LITELLM_MASTER_KEY}'`;
    console.log(`\nReady. Ctrl-C stops it.\n\n  curl ${url}/v1/models ${authorization}\n`);
  }
  await stopped;
  rmSync(folder, { recursive: true, force: true });
}

/** Ends every process when one of them ends, or when the developer wants it to; resolves when all are gone. */
function stopTogether(children: readonly ChildProcess[]): Promise<unknown> {
  const stop = () => {
    for (const child of children) child.kill('SIGTERM');
  };
  // Ctrl-C reaches the children too; asked twice, they end once.
  process.once('SIGINT', stop).once('SIGTERM', stop);
  return Promise.all(
    children.map(
      child =>
        new Promise(resolve => {
          child.once('exit', resolve).once('exit', stop);
        }),
    ),
  );
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function list(lines: readonly string[]): string {
  return lines.map(line => `  - ${line}`).join('\n');
}

function fail(lines: readonly string[]): void {
  for (const line of lines) announce(line);
  process.exitCode = 1;
}

void main();
