import type { Host } from '../host';
import { adviceFor } from './advice';
import type { Log } from './journal';
import type { Redact } from './redact';
import { runTool, type ToolAnswer } from './tool';

export interface StepProps {
  readonly host: Host;
  readonly log: Log;
  readonly redact: Redact;
  /** Shows a line to the person who waits. */
  readonly show: (line: string) => void;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly input?: string;
  /** A file for its standard output. */
  readonly output?: string;
  /** Variables besides the caller's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Default 120: what only asks. */
  readonly timeoutSeconds?: number;
  /** Default 5. */
  readonly graceSeconds?: number;
  /** Whether its lines are shown as they come, and not only logged. */
  readonly show?: boolean;
  /** Whether it gets Terraform's input variables, which hold secrets. */
  readonly variables?: boolean;
}

/** A tool ended with an error. */
class ToolError extends Error {
  constructor(command: string, { status, stdout, stderr }: ToolAnswer) {
    const text = stderr.trim() || stdout.trim();
    const lines = text.split('\n').slice(-LAST_LINES);
    const advice = adviceFor(text).map(line => `→ ${line}`);
    super([`${command} ended with ${status}`, ...lines, ...advice].join('\n'));
    this.name = 'ToolError';
  }
}

const LAST_LINES = 25;

/** What a stage works with: it runs tools, whose every line goes to the stage's log without its secrets. */
export class Step {
  /** What the stage has to say of its outcome. */
  readonly notes: string[] = [];

  constructor(private readonly props: StepProps) {}

  get env() {
    return this.props.host.env;
  }

  get interrupted(): AbortSignal {
    return this.props.host.interrupted;
  }

  /** Shows a line, and logs it. */
  readonly say = (line: string): void => {
    const clean = this.props.redact(line);
    this.props.log.write(clean);
    this.props.show(clean);
  };

  /** Takes the credentials out of a text. */
  get redact(): Redact {
    return this.props.redact;
  }

  /** Adds to what is said once the stage is done. */
  note(line: string): void {
    this.notes.push(this.props.redact(line));
  }

  /** Runs a tool, whatever it ends with. */
  async run(program: string, args: readonly string[], options: RunOptions = {}): Promise<ToolAnswer> {
    const {
      cwd,
      input,
      output,
      timeoutSeconds = 120,
      graceSeconds = 5,
      show = false,
      variables = false,
    } = options;
    const { log, redact, host } = this.props;
    log.write(redact(`$ ${program} ${args.join(' ')}`));
    const answer = await runTool({
      program,
      args,
      cwd,
      input,
      output,
      timeoutSeconds,
      graceSeconds,
      env: { ...(variables ? host.env : withoutVariables(host.env)), ...options.env },
      interrupted: host.interrupted,
      onLine: show ? this.say : line => log.write(redact(line)),
    });
    if (answer.status !== 0) log.write(`(ended with ${answer.status})`);
    return answer;
  }

  /**
   * Runs a tool that has to succeed.
   * @returns what it wrote to its standard output
   * @throws ToolError with the end of what it said, and what to do about it
   */
  async ok(program: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
    const answer = await this.run(program, args, options);
    if (answer.status !== 0) throw this.failed(program, args, answer);
    return answer.stdout;
  }

  /** The error of a tool whose answer is not acceptable. */
  failed(program: string, args: readonly string[], { status, stdout, stderr }: ToolAnswer): ToolError {
    const { redact } = this.props;
    const clean = { status, stdout: redact(stdout), stderr: redact(stderr) };
    return new ToolError(redact(`${program} ${args.join(' ')}`), clean);
  }
}

/** What any tool but Terraform gets. */
export function withoutVariables(env: Host['env']): Host['env'] {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('TF_VAR_')));
}
