import { CommanderError } from 'commander';
import type { Host } from './commands/host';
import { runProgram } from './commands/program';
import { ProblemsError } from './config/problem';
import type { EnvironmentFiles } from './synth/run';

/**
 * The command line of this process.
 * @param environments what environments/ holds
 * @throws whatever is a defect; what the program found wrong is a message
 */
export async function main(args: readonly string[], environments: EnvironmentFiles): Promise<void> {
  const interrupt = new AbortController();
  // The first Ctrl-C, or the end of a CI job, asks the command to stop and clean up; the second one ends the process.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort());
  const host: Host = {
    environments,
    env: process.env,
    interactive: process.stdin.isTTY && process.stdout.isTTY,
    interrupted: interrupt.signal,
    out: line => console.log(line),
    err: line => console.error(line),
  };
  process.exitCode = await runProgram(args, host).catch(error => report(error, host));
}

function report(error: unknown, host: Host): number {
  // Which commander has said already.
  if (error instanceof CommanderError) return error.exitCode;
  if (!(error instanceof ProblemsError)) throw error;
  host.err(`Error: ${error.message}`);
  return 1;
}
