import { Resolver } from 'node:dns';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { folderProblem, optionProblem } from '../config/option-problem';
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
    ...optionProblem('--only', only.join(), () => unknownChecks(suite, only)),
    ...optionProblem('--skip', skip.join(), () => unknownChecks(suite, skip)),
    ...optionProblem('--timeout', timeout, timeoutProblem),
    ...optionProblem('--resolve', resolve, addressProblem),
    ...optionProblem('--address', address, addressProblem),
    ...dnsServer.flatMap(server => optionProblem('--dns-server', server, dnsServerProblem)),
    ...optionProblem('--ca', ca, certificatesProblem),
    ...optionProblem('--junit', junit, folderProblem),
  ];
}

const WHICH: Problem = {
  where: 'verify',
  path: '',
  message: 'name an environment, or a gateway with --url: one of the two',
};

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
