import { Resolver } from 'node:dns';
import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname } from 'node:path';
import { shownKey } from '../config/pasted-secret';
import type { Problem } from '../config/problem';
import { defaults, type Options } from './options';
import { unknownChecks } from './selection';
import { suite } from './suite';

/** What is not an option of the run as the command line has it. */
interface Words {
  /** Of the environment. */
  readonly name: string | undefined;
  /** Of the gateway, in place of an environment. */
  readonly url: string | undefined;
  /** Seconds, as they were written. */
  readonly timeout: string;
}

/** Everything that is wrong with what options name, before anything is asked. */
export function optionProblems({ name, url, timeout }: Words, given: Partial<Options>): Problem[] {
  const { only, skip, podUrl, dnsServer, resolve, address, ca, junit } = { ...defaults, ...given };
  return [
    ...((name === undefined) === (url === undefined) ? [WHICH] : []),
    ...(url === undefined ? [] : urlProblems('--url', url)),
    ...podUrl.flatMap(pod => urlProblems('--pod-url', pod)),
    ...problems('--only', only.join(), () => unknownChecks(suite, only)),
    ...problems('--skip', skip.join(), () => unknownChecks(suite, skip)),
    ...problems('--timeout', timeout, timeoutProblem),
    ...problems('--resolve', resolve, addressProblem),
    ...problems('--address', address, addressProblem),
    ...dnsServer.flatMap(server => problems('--dns-server', server, dnsServerProblem)),
    ...problems('--ca', ca, certificatesProblem),
    ...problems('--junit', junit, folderProblem),
  ];
}

const WHICH: Problem = {
  where: 'verify',
  path: '',
  message: 'name an environment, or a gateway with --url: one of the two',
};

/** @param find says what is wrong with what was given, if anything */
function problems(
  option: string,
  given: string | undefined,
  find: (given: string) => string | undefined,
): Problem[] {
  if (given === undefined) return [];
  const message = find(given);
  return message ? [{ where: option, path: '', given: shownKey(given), message }] : [];
}

/** A URL is not shown: who puts a key into one has shown it to enough. */
function urlProblems(option: string, given: string): Problem[] {
  const message = urlProblem(given);
  return message ? [{ where: option, path: '', message }] : [];
}

function urlProblem(given: string): string | undefined {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) return 'takes a URL such as https://llm.example.com';
  if (url.username || url.password) return 'takes no user and no password';
  if (url.pathname !== '/' || url.search || url.hash) {
    return `takes the gateway's own URL, without path and query: ${url.origin}`;
  }
  return undefined;
}

function timeoutProblem(given: string): string | undefined {
  const seconds = Number(given);
  return seconds >= 1 && seconds <= 600 ? undefined : 'takes 1 to 600 seconds, such as 30';
}

function addressProblem(given: string): string | undefined {
  return isIP(given) === 0 ? 'takes an IP address' : undefined;
}

function dnsServerProblem(given: string): string | undefined {
  try {
    new Resolver().setServers([given]);
    return undefined;
  } catch {
    return 'takes an IP address, with or without a port';
  }
}

function certificatesProblem(file: string): string | undefined {
  try {
    const holdsSome = readFileSync(file, 'utf8').includes('-----BEGIN CERTIFICATE-----');
    return holdsSome ? undefined : 'holds no certificate in PEM form';
  } catch (error) {
    return `cannot be read: ${(error as Error).message}`;
  }
}

function folderProblem(file: string): string | undefined {
  return existsSync(dirname(file)) ? undefined : `there is no folder ${dirname(file)}`;
}
