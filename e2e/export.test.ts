import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { ports } from '../config/endpoints';
import { databasePassword } from '../config/secrets';
import { workload } from '../contract/workload';
import { PROGRAMS } from '../lifecycle/export-database';
import { theCluster } from './harness/cluster';
import { servicesAddress } from './harness/network';
import { projectFolder, runFolder } from './harness/project';
import { administrator, replica } from './harness/replicas';
import { secretOf } from './harness/secrets-store';
import { findPostgres } from './harness/tools';

/**
 * The programs that `down --export-database`, and who brings its file back, run in a pod, with the image's Python, LiteLLM
 * and psycopg, against the schema that LiteLLM made and the rows that the gateway wrote.
 */
const { vault, image } = theCluster();
const { databaseUser: user, database } = workload;
const password = secretOf(vault, databasePassword);
const [connection = ''] = PROGRAMS;
const python = join(dirname(image.entrypoint[0] ?? ''), 'python');

function url(name: string, tls = 'sslmode=require'): string {
  return `postgresql://${user}:${password}@${servicesAddress}:${ports.postgres}/${name}?${tls}&connection_limit=10`;
}

/** What the pod writes. */
function exported(name: string, tls?: string): string {
  return run(python, ['-'], programs(PROGRAMS), podEnvironment(name, tls));
}

/** What docs/lifecycle.md types. */
function bringBack(name: string, rows: string): string {
  const program = programs([connection, 'lifecycle/import_database.py']);
  return run(python, ['-c', program], rows, podEnvironment(name));
}

function programs(files: readonly string[]): string {
  return files.map(file => readFileSync(join(projectFolder, file), 'utf8')).join('\n');
}

function podEnvironment(name: string, tls?: string): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LITELLM_LOCAL_MODEL_COST_MAP: 'True', DATABASE_URL: url(name, tls) };
}

/** A database that LiteLLM has migrated, and nobody has used. */
function migrated(name: string): string {
  postgres('createdb', [name]);
  postgres('psql', ['-d', name, '-q'], postgres('pg_dump', ['--schema-only', database]));
  return name;
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

function sql(name: string, statement: string): void {
  postgres('psql', ['-d', name, '-q', '-v', 'ON_ERROR_STOP=1'], statement);
}

function run(program: string, args: readonly string[], input: string, env: NodeJS.ProcessEnv): string {
  const options = { encoding: 'utf8', env, input, maxBuffer: 2 ** 28 } as const;
  const { status, stdout, stderr } = spawnSync(program, args, options);
  if (status !== 0) throw new Error(`${program} ended with ${status}\n${stderr}`);
  return stdout;
}

describe('an export', () => {
  let rows: string;
  beforeAll(async () => {
    const { body } = await administrator(replica('replica-a')).post('/key/generate', {
      key_alias: 'exported',
    });
    expect(body.key).toMatch(/^sk-/);
    rows = exported(database);
    expect(rows).toMatch(/^COPY "public"\."LiteLLM_VerificationToken" /m);
    expect(rows).toContain('exported');
    expect(rows).not.toContain(body.key);
  });

  test('is SQL for psql', () => {
    const copy = migrated('by_psql');
    sql(copy, rows);
    expect(exported(copy).split('\n')).toEqual(rows.split('\n'));
  });

  test('brings every row back, in the place of what a new gateway wrote of itself', () => {
    const copy = migrated('brought_back');
    sql(copy, 'INSERT INTO "LiteLLM_UserTable" (user_id, spend) VALUES (\'litellm-proxy-budget\', 3)');
    expect(bringBack(copy, rows)).toMatch(/^"public"\."LiteLLM_VerificationToken" [1-9]\d* rows$/m);
    expect(exported(copy).split('\n')).toEqual(rows.split('\n'));

    const again = () => bringBack(copy, rows);
    expect(again).toThrow(/The gateway has \d+ keys, which this would delete: nothing was changed/);
  });

  test('that is not whole, or of another version, changes nothing', () => {
    const copy = migrated('as_it_was');
    sql(copy, 'INSERT INTO "LiteLLM_UserTable" (user_id, spend) VALUES (\'litellm-proxy-budget\', 3)');
    const before = exported(copy);
    const inRow = rows.slice(0, rows.indexOf('exported'));
    const betweenTables = rows.slice(0, rows.lastIndexOf('COPY '));
    for (const part of ['', inRow, betweenTables]) {
      expect(() => bringBack(copy, part)).toThrow(/The export ends early: nothing was changed/);
    }
    const other = rows.replace('COPY "public"."LiteLLM_UserTable" (', '$&"of_another_version", ');
    expect(() => bringBack(copy, other)).toThrow(/PostgreSQL refused the export: nothing was changed/);
    expect(exported(copy)).toBe(before);
  });
});

test("it is read from no server whose certificate the gateway's authorities do not vouch for", () => {
  const others = join(runFolder, 'others.pem');
  writeFileSync(others, rootCertificates.join('\n'));
  const tls = `sslmode=verify-full&sslrootcert=${others}`;
  expect(() => exported(database, tls)).toThrow(/certificate verify failed/);
});
