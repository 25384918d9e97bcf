import { CommanderError } from 'commander';
import type { Host } from './commands/host';
import { runProgram } from './commands/program';
import { ProblemsError } from './config/problem';

const interrupt = new AbortController();

const host: Host = {
  env: process.env,
  interactive: process.stdin.isTTY && process.stdout.isTTY,
  interrupted: interrupt.signal,
  out: line => console.log(line),
  err: line => console.error(line),
};

/** What the program found wrong is a message; anything else is a defect, and comes with its stack. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode;
  const text = error instanceof ProblemsError ? error.message : error instanceof Error ? error.stack : error;
  host.err(`Error: ${text}`);
  return 1;
}

// The first Ctrl-C asks the command to stop and clean up; the second one ends the process.
process.once('SIGINT', () => interrupt.abort());

runProgram(process.argv.slice(2), host)
  .catch(report)
  .then(code => {
    process.exitCode = code;
  });
