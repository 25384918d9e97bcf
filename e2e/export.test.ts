import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { ports } from '../config/endpoints';
import { databasePassword } from '../config/secrets';
import { workload } from '../contract/workload';
import { PROGRAM } from '../lifecycle/export-database';
import { theCluster } from './harness/cluster';
import { servicesAddress } from './harness/network';
import { projectFolder, runFolder } from './harness/project';
import { administrator, replica } from './harness/replicas';
import { secretOf } from './harness/secrets-store';
import { findPostgres } from './harness/tools';

/**
 * The program that `down --export-database` runs in a pod, with the image's Python, LiteLLM and psycopg, against the
 * schema that LiteLLM made and the rows that the gateway wrote.
 */
const { vault, image } = theCluster();
const { databaseUser: user, database } = workload;
const password = secretOf(vault, databasePassword);
const copy = 'restored';
const program = readFileSync(join(projectFolder, PROGRAM), 'utf8');
const python = join(dirname(image.entrypoint[0] ?? ''), 'python');

function url(name: string, tls = 'sslmode=require'): string {
  return `postgresql://${user}:${password}@${servicesAddress}:${ports.postgres}/${name}?${tls}&connection_limit=10`;
}

/** What the pod writes. */
function exported(name: string, tls?: string): string {
  const env = { PATH: process.env.PATH, LITELLM_LOCAL_MODEL_COST_MAP: 'True', DATABASE_URL: url(name, tls) };
  return run(python, ['-'], program, env);
}

/** PostgreSQL's own programs, logged in over the network. */
function postgres(program: string, args: readonly string[], input = ''): string {
  const found = findPostgres();
  if ('missing' in found) throw new Error(found.missing);
  const login = ['-h', servicesAddress, '-p', String(ports.postgres), '-U', user];
  return run(join(found.folder, program), [...login, ...args], input, {
    ...process.env,
    PGPASSWORD: password,
  });
}

function run(program: string, args: readonly string[], input: string, env: NodeJS.ProcessEnv): string {
  const options = { encoding: 'utf8', env, input, maxBuffer: 2 ** 28 } as const;
  const { status, stdout, stderr } = spawnSync(program, args, options);
  if (status !== 0) throw new Error(`${program} ended with ${status}\n${stderr}`);
  return stdout;
}

test('an export brings every row back into a database that LiteLLM has migrated', async () => {
  const { body } = await administrator(replica('replica-a')).post('/key/generate', { key_alias: 'exported' });
  expect(body.key).toMatch(/^sk-/);
  const rows = exported(database);
  expect(rows).toMatch(/^COPY "public"\."LiteLLM_VerificationToken" /m);
  expect(rows).toContain('exported');
  expect(rows).not.toContain(body.key);

  postgres('createdb', [copy]);
  postgres('psql', ['-d', copy, '-q'], postgres('pg_dump', ['--schema-only', database]));
  postgres('psql', ['-d', copy, '-q', '-v', 'ON_ERROR_STOP=1'], rows);
  expect(exported(copy).split('\n')).toEqual(rows.split('\n'));
});

test("it is read from no server whose certificate the gateway's authorities do not vouch for", () => {
  const others = join(runFolder, 'others.pem');
  writeFileSync(others, rootCertificates.join('\n'));
  const tls = `sslmode=verify-full&sslrootcert=${others}`;
  expect(() => exported(database, tls)).toThrow(/certificate verify failed/);
});
