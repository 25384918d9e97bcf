import { execFile } from 'node:child_process';

/** What a program ended with. */
interface ToolAnswer {
  readonly stdout: string;
  /** What it said, if it failed; that it is not installed, if it could not be started. */
  readonly problem?: string;
  readonly missing?: boolean;
}

export type Env = Readonly<Record<string, string | undefined>>;

const TIMEOUT_SECONDS = 60;

/**
 * Runs a command line tool to its end; never throws. What it prints may be a secret: it goes nowhere.
 * Not the runner of lifecycle/, which logs every line and gives a tool time to save its state: these only look.
 */
export function runTool(
  program: string,
  args: readonly string[],
  { env, signal }: { env: Env; signal: AbortSignal },
): Promise<ToolAnswer> {
  const options = { env: { ...env }, signal, timeout: TIMEOUT_SECONDS * 1000, encoding: 'utf8' } as const;
  return new Promise(resolve => {
    execFile(program, [...args], options, (error, stdout, stderr) => {
      if (!error) return resolve({ stdout: stdout.trim() });
      if (error.code === 'ENOENT')
        return resolve({ stdout: '', problem: `${program} is not installed`, missing: true });
      const late = error.killed ? `${program} did not end within ${TIMEOUT_SECONDS} s` : '';
      resolve({ stdout: '', problem: late || stderr.trim() || error.message });
    });
  });
}
