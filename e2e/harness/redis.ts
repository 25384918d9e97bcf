import { type ChildProcess, spawn } from 'node:child_process';
import { openSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { ports } from '../../config/endpoints';
import type { Certificates } from './certificates';
import { command } from './command';
import { servicesAddress } from './network';
import { poll } from './poll';
import { runFolder } from './project';

const pidFile = join(runFolder, 'redis.pid');

/** A Redis as Azure's looks to a client: TLS only, port 10000, no anonymous clients, no cluster protocol. */
export async function startRedis(
  { certificate, key }: Certificates,
  logins: readonly string[],
): Promise<ChildProcess> {
  const log = openSync(join(runFolder, 'redis.log'), 'a');
  const options = {
    bind: servicesAddress,
    port: '0',
    'tls-port': String(ports.redis),
    'tls-cert-file': certificate,
    'tls-key-file': key,
    // Clients have no certificate of their own.
    'tls-auth-clients': 'no',
    // A restart finds nothing of the former life.
    save: '',
  };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const redis = spawn('redis-server', [...args, ...logins], { stdio: ['ignore', log, log], cwd: runFolder });
  redis.unref();
  writeFileSync(pidFile, String(redis.pid));
  await poll('Redis listens', listens, { seconds: 20 });
  return redis;
}

/** Options of a Redis that knows one password. */
export function requirePassword(password: string): string[] {
  return ['--requirepass', password];
}

/** What a client of the same rights is answered. */
export function askRedis({ ca }: Certificates, password: string, ...question: string[]): string {
  const tls = ['--tls', '--cacert', ca, '-h', servicesAddress, '-p', String(ports.redis)];
  return command('redis-cli', [...tls, ...question], { ...process.env, REDISCLI_AUTH: password });
}

/** Stops the Redis that was started last, whoever started it. */
export async function stopRedis(): Promise<void> {
  process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGTERM');
  await poll('Redis is gone', async () => ((await listens()) ? undefined : true), { seconds: 20 });
}

function listens(): Promise<true | undefined> {
  return new Promise(resolve => {
    const socket = connect({ host: servicesAddress, port: ports.redis });
    const end = (result: true | undefined) => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', () => end(true)).once('error', () => end(undefined));
  });
}
