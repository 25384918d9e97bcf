import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ports } from '../../config/endpoints';
import { workload } from '../../contract/workload';
import type { Certificates } from './certificates';
import { command } from './command';
import { servicesAddress } from './network';
import { poll } from './poll';
import { runFolder } from './project';

/** In the run's own /run, which is in memory: PostgreSQL's user need not be able to read the project's folder. */
const folder = '/run/postgres';

/** PostgreSQL refuses to run as root. */
const asPostgres = ['--reuid=postgres', '--regid=postgres', '--clear-groups'];

/** Who owns the database. */
export interface PostgresOwner {
  readonly user: string;
  readonly password: string;
}

/** A PostgreSQL as Azure's looks to a client that logs in with a password or a token: TLS only, with an empty database. */
export async function startPostgres(
  programs: string,
  { certificate, key }: Certificates,
  { user: owner, password }: PostgresOwner,
): Promise<void> {
  mkdirSync(folder);
  for (const [name, source] of Object.entries({ 'server.crt': certificate, 'server.key': key })) {
    copyFileSync(source, join(folder, name));
    chmodSync(join(folder, name), 0o600);
  }
  writeFileSync(join(folder, 'password'), password);
  writeFileSync(join(folder, 'hba'), 'local all all trust\nhostssl all all all scram-sha-256\n');
  command('chown', ['-R', 'postgres:postgres', folder]);

  const run = (program: string, args: string[]) =>
    command('setpriv', [...asPostgres, join(programs, program), ...args]);
  const data = join(folder, 'data');
  run('initdb', [
    '-D',
    data,
    '-U',
    owner,
    '--pwfile',
    join(folder, 'password'),
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
  ]);

  const settings = {
    listen_addresses: servicesAddress,
    port: String(ports.postgres),
    unix_socket_directories: folder,
    hba_file: join(folder, 'hba'),
    ssl: 'on',
    ssl_cert_file: join(folder, 'server.crt'),
    ssl_key_file: join(folder, 'server.key'),
    // Every pool of every pod that a test starts, at once.
    max_connections: '300',
    // Nothing has to outlive the run.
    fsync: 'off',
  };
  const log = openSync(join(runFolder, 'postgres.log'), 'w');
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  spawn('setpriv', [...asPostgres, join(programs, 'postgres'), '-D', data, ...args], {
    stdio: ['ignore', log, log],
  }).unref();
  await poll('PostgreSQL listens', () => {
    run('createdb', ['-h', folder, '-p', String(ports.postgres), '-U', owner, workload.database]);
    return true;
  });
}

/** Runs a statement as the machine's own superuser, whom the socket trusts. */
export function askPostgres(user: string, statement: string, database: string = workload.database): string {
  const options = ['-h', folder, '-p', String(ports.postgres), '-U', user, '-d', database];
  return command('psql', [...options, '-Atqc', statement]).trim();
}

/** Makes one more database on the same server, for tests that need an empty one. */
export function createDatabase(user: string, name: string): void {
  askPostgres(user, `create database ${name}`);
}

/** Whether PostgreSQL lets this user in over the network. */
export function logsIn(user: string, password: string): boolean {
  const database = `host=${servicesAddress} port=${ports.postgres} sslmode=require user=${user} dbname=${workload.database}`;
  const env = { ...process.env, PGPASSWORD: password };
  return (
    spawnSync('psql', [database, '-w', '-Atqc', 'select 1'], { encoding: 'utf8', env }).stdout.trim() === '1'
  );
}
