import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { kill } from 'node:process';
import { createInterface } from 'node:readline';
import { missingTool } from './install-help';

export interface ToolProps {
  /** Found on the PATH of `env`. */
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What it reads; without it, nothing, so that no tool waits for an answer that nobody gives. */
  readonly input?: string;
  /** A file for its standard output, which is then neither shown nor returned; only the owner can read it. */
  readonly output?: string;
  /** Seconds after which it is stopped. */
  readonly timeoutSeconds: number;
  /** Seconds that it has, once asked to stop, to bring its own affairs in order. */
  readonly graceSeconds: number;
  readonly interrupted: AbortSignal;
  /** Called with every line, of both streams, as it comes. */
  readonly onLine: (line: string) => void;
}

/** What a tool ended with, and all that it said. */
export interface ToolAnswer {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Why a tool gave no answer. */
export class NoAnswer extends Error {
  constructor(
    readonly reason: 'missing' | 'timeout' | 'interrupted' | 'killed',
    message: string,
  ) {
    super(message);
    this.name = 'NoAnswer';
  }
}

/**
 * Runs an external program without a shell, to its end.
 *
 * It gets a process group of its own: a terminal sends Ctrl-C to a whole group, and Terraform takes a second one, ours,
 * as the order to drop everything, state included.
 * @throws NoAnswer when it is missing, took too long, or was interrupted
 */
export function runTool(props: ToolProps): Promise<ToolAnswer> {
  const { program, args, cwd, env, input, output, timeoutSeconds, graceSeconds, interrupted, onLine } = props;
  const called = calledAs(program, args);
  return new Promise((resolve, reject) => {
    if (interrupted.aborted) return reject(new NoAnswer('interrupted', `${program} was not started`));
    const file = output === undefined ? undefined : openSync(output, 'w', 0o600);
    const child = spawn(program, args, {
      cwd,
      env: { ...env },
      detached: true,
      stdio: [input === undefined ? 'ignore' : 'pipe', file ?? 'pipe', 'pipe'],
    });
    // The tool has its own.
    if (file !== undefined) closeSync(file);
    let stopped: NoAnswer | undefined;
    let killer: NodeJS.Timeout | undefined;
    const stop = (reason: 'timeout' | 'interrupted', message: string) => {
      if (stopped) return;
      stopped = new NoAnswer(reason, message);
      signalGroup(child.pid, 'SIGINT');
      killer = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), graceSeconds * 1000);
    };
    const timer = setTimeout(
      () => stop('timeout', `${called} did not end within ${timeoutSeconds} s`),
      timeoutSeconds * 1000,
    );
    const onInterrupt = () => stop('interrupted', `${called} was interrupted`);
    interrupted.addEventListener('abort', onInterrupt, { once: true });
    const settle = (end: () => void) => {
      clearTimeout(timer);
      clearTimeout(killer);
      interrupted.removeEventListener('abort', onInterrupt);
      end();
    };

    const stdout = collect(child.stdout, onLine);
    const stderr = collect(child.stderr, onLine);
    // A tool that does not read all of its input is not our mistake; its status tells.
    child.stdin?.on('error', () => {}).end(input);
    child.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'ENOENT' ? missingTool(program) : `${program} cannot be started: ${error.message}`;
      settle(() => reject(new NoAnswer('missing', reason)));
    });
    child.once('close', (code, signal) =>
      settle(() => {
        if (stopped) reject(stopped);
        else if (code === null) reject(new NoAnswer('killed', `${called} was ended by ${signal}`));
        else resolve({ status: code, stdout: stdout.join('\n'), stderr: stderr.join('\n') });
      }),
    );
  });
}

/** A command line without its options, for a message: `az aks show`, `kubectl get deployment coredns`. */
export function calledAs(program: string, args: readonly string[]): string {
  const words = args.slice(args.findIndex(arg => !arg.startsWith('-')));
  const options = words.findIndex(arg => arg.startsWith('-'));
  return [program, ...words.slice(0, options === -1 ? undefined : options)].join(' ');
}

/** Gathers a stream's lines: a credential that two chunks share would be recognized in neither. */
function collect(stream: NodeJS.ReadableStream | null, onLine: (line: string) => void): string[] {
  const lines: string[] = [];
  if (!stream) return lines;
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', line => {
    lines.push(line);
    onLine(line);
  });
  return lines;
}

/** To the tool and whatever it started, which would keep its streams open. */
function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) kill(-pid, signal);
  } catch {
    // Gone already.
  }
}
