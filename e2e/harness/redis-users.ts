import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { ports } from '../../config/endpoints';
import type { Certificates } from './certificates';
import { servicesAddress } from './network';

const OPERATOR = 'operator';
const password = randomBytes(16).toString('hex');

/** Options of a Redis like Azure's without access keys: nobody is the default user, and Entra's users come later. */
export const onlyUsers = [
  '--user',
  ...['default', 'off'],
  '--user',
  ...[OPERATOR, 'on', `>${password}`, '~*', '&*', '+@all'],
];

/** Lets a user in with one more token; others that were let in before stay valid. */
export function admit(certificates: Certificates, user: string, token: string): void {
  operate(certificates, 'ACL', 'SETUSER', user, 'on', `>${token}`, '~*', '&*', '+@all');
}

/** Ends every token of a user, and its connections with them, as Azure does when a token expires. */
export function expel(certificates: Certificates, user: string): void {
  operate(certificates, 'ACL', 'SETUSER', user, 'resetpass');
  operate(certificates, 'CLIENT', 'KILL', 'USER', user);
}

/** Keys under which LiteLLM keeps answers. */
export function answers(certificates: Certificates): string[] {
  const keys = operate(certificates, '--scan').split('\n');
  return keys.filter(key => /(^|:)[0-9a-f]{64}$/.test(key));
}

/** What Redis says to a client with this user and token, or with none. */
export function pingAs(
  certificates: Certificates,
  login: { user: string; token: string } | undefined,
): string {
  return ask(certificates, login, ['PING']);
}

/** Names of the users that are connected. */
export function connected(certificates: Certificates): string[] {
  return [...operate(certificates, 'CLIENT', 'LIST').matchAll(/ user=(\S+)/g)].map(([, user = '']) => user);
}

function operate(certificates: Certificates, ...question: string[]): string {
  return ask(certificates, { user: OPERATOR, token: password }, question);
}

function ask(
  { ca }: Certificates,
  login: { user: string; token: string } | undefined,
  question: readonly string[],
): string {
  const tls = ['--tls', '--cacert', ca, '-h', servicesAddress, '-p', String(ports.redis)];
  const user = login ? ['--user', login.user, '--no-auth-warning'] : [];
  const env = { ...process.env, ...(login && { REDISCLI_AUTH: login.token }) };
  const { stdout, stderr } = spawnSync('redis-cli', [...tls, ...user, ...question], {
    encoding: 'utf8',
    env,
  });
  return `${stdout}${stderr}`.trim();
}
