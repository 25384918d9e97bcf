import { resolve } from 'node:path';
import { isatty } from 'node:tty';
import { CommanderError } from 'commander';
import { runProgram } from './commands/program';
import type { EnvironmentFiles } from './config/environment-files';
import { asFileProblem } from './config/file-problem';
import { ProblemsError } from './config/problem';
import { type Host, INTERRUPTED } from './host';

/** How long one Ctrl-C may take to arrive twice: from the terminal, and passed on by npm. */
const ECHO_MILLISECONDS = 1000;

/**
 * The command line of this process.
 * @param environments what environments/ holds
 * @param cwd where the person stands, who may be in any folder
 * @throws whatever is a defect; what the program found wrong is a message
 */
export async function main(
  args: readonly string[],
  environments: EnvironmentFiles,
  cwd = process.cwd(),
): Promise<void> {
  const interrupt = new AbortController();
  const hasStopped = stopOnce(interrupt);
  refuseLostOutput();
  const hasEnded = refuseEarlyEnd();
  const host: Host = {
    environments,
    env: process.env,
    path: given => resolve(cwd, given),
    interactive: isatty(0) && isatty(1),
    ask: question => ask(question, interrupt),
    interrupted: interrupt.signal,
    out: line => console.log(line),
    err: line => console.error(line),
  };
  process.exitCode = await runProgram(args, host).catch(error => report(error, host));
  hasEnded();
  hasStopped();
}

/**
 * A command that something ends in its middle has not succeeded: a getter of an environment file that calls process.exit,
 * or a promise that nothing keeps any more.
 * @returns to be called at the command's end
 */
function refuseEarlyEnd(): () => void {
  const refuse = (code: number) => {
    if (code !== 0) return;
    console.error(
      'Error: the command was ended before it was done; does an environment file call process.exit?',
    );
    process.exitCode = 1;
  };
  process.once('exit', refuse);
  return () => process.off('exit', refuse);
}

/** Ctrl-C, a pipeline's end, a terminal that is closed: Terraform, whose output nobody reads any more, would die of it. */
const STOPS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * The first of them asks the command to stop and clean up; a later one ends the process.
 * @returns to be called at the command's end: what an environment file left running, the first one ends
 */
function stopOnce(interrupt: AbortController): () => void {
  let asked: number | undefined;
  const stop = () => {
    asked ??= Date.now();
    if (Date.now() - asked > ECHO_MILLISECONDS) process.exit(INTERRUPTED);
    interrupt.abort();
  };
  for (const signal of STOPS) process.on(signal, stop);
  return () => {
    for (const signal of STOPS) process.off(signal, stop);
  };
}

/** A result that nobody got is no success; a reader who has seen enough, such as head, is one. */
function refuseLostOutput(): void {
  let isLost = false;
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE' || isLost) return;
    isLost = true;
    console.error(`Error: the output cannot be written: ${message}`);
    // The command goes on, and may have to clean up.
    process.once('exit', () => {
      process.exitCode ||= 1;
    });
  });
}

/** Ctrl-C and the end of the input are no answers. */
async function ask(question: string, interrupt: AbortController): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const ended = new Promise<string>(resolve => {
    // A terminal in raw mode sends no signal.
    terminal.once('SIGINT', () => interrupt.abort());
    terminal.once('close', () => resolve(''));
  });
  try {
    return await Promise.race([terminal.question(question, { signal: interrupt.signal }), ended]);
  } finally {
    terminal.close();
  }
}

function report(thrown: unknown, host: Host): number {
  // What is asked to stop ends as best it can: its last error says nothing.
  if (host.interrupted.aborted) return INTERRUPTED;
  const error = asFileProblem(thrown);
  // Which commander has said already.
  if (error instanceof CommanderError) return error.exitCode;
  if (!(error instanceof ProblemsError)) throw error;
  host.err(`Error: ${error.message}`);
  return 1;
}
