import type { Environment } from '../config/environment';
import { type ExitCode, type Host, INTERRUPTED } from '../host';
import { type Aim, aim } from './aim';
import { Health } from './health';
import { leftovers } from './leftovers';
import { findMasterKey } from './master-key';
import { defaults, type Options } from './options';
import { Redaction } from './redaction';
import { Lines } from './reporters/lines';
import { writeReports } from './reports';
import { Runner } from './runner';
import { select } from './selection';
import { Session } from './session';
import { cleanup, suite } from './suite';
import { count, type Summary } from './summary';

/**
 * Verifies the gateway of an environment.
 * @returns 0 when nothing failed
 * @throws CannotRun when something is missing that it needs
 */
export function verifyEnvironment(
  environment: Environment,
  host: Host,
  options: Partial<Options> = {},
): Promise<ExitCode> {
  return verify({ environment, url: `https://${environment.host}` }, host, { ...defaults, ...options });
}

/** The same for any LiteLLM: what only an environment could tell is skipped. */
export function verifyUrl(url: string, host: Host, options: Partial<Options> = {}): Promise<ExitCode> {
  return verify({ url }, host, { ...defaults, ...options });
}

async function verify(aimed: Aim, host: Host, options: Options): Promise<ExitCode> {
  const checks = select(suite, options.only, options.skip);
  const { environment } = aimed;
  const masterKey = await findMasterKey({
    env: host.env,
    variable: options.masterKeyEnv,
    vault: environment?.names.keyVault,
    signal: host.interrupted,
  });
  const { target, close } = await aim(aimed, checks, host, options);
  try {
    const print = options.json ? host.err : host.out;
    const lines = new Lines({
      checks: [...checks, cleanup],
      colored: host.interactive && !host.env.NO_COLOR,
      print,
    });
    print(`${target.endpoint.url}, with the master key from ${masterKey.source}`);
    print('');

    const started = new Date();
    const stop = new AbortController();
    const redaction = new Redaction();
    const session = new Session({
      target,
      masterKey: masterKey.key,
      timeoutSeconds: options.timeout,
      signal: stop.signal,
      redaction,
      started,
      patience: options.patience,
    });
    const health = new Health(session.stranger, stop, host.interrupted);
    const runner = new Runner({ session, health, report: result => lines.row(result) });
    const results = await runner.run(checks, cleanup);
    const summary: Summary = {
      url: target.endpoint.url,
      ...(environment && { environment: environment.name }),
      run: session.run,
      results,
      started,
      seconds: (Date.now() - started.getTime()) / 1000,
      upstreamCalls: session.traffic.upstreamCalls,
      warnings: await leftovers(session, results, options.removeLeftovers),
    };
    lines.end(summary);
    writeReports(summary, options, host.out);
    return exitCode(summary, options, host);
  } finally {
    await close();
  }
}

/** Not a failure alone: a run in which nothing could be looked at has proved nothing. */
function exitCode(summary: Summary, { strict }: Options, { interrupted }: Host): ExitCode {
  if (interrupted.aborted) return INTERRUPTED;
  const failed = count(summary, 'failed') + (strict ? count(summary, 'skipped') : 0);
  return failed > 0 || count(summary, 'passed') === 0 ? 1 : 0;
}
