import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareCoreDns } from './go-tool';
import { poll } from './poll';

export interface CoreDnsProps {
  /** Where its Corefile is, and its log goes. */
  readonly folder: string;
  readonly corefile: string;
  /** Network namespace to run in; left out for the one of the tests. */
  readonly network?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** The real CoreDNS, of the minor that AKS runs. */
export class CoreDns {
  private process?: ChildProcess;

  constructor(private readonly props: CoreDnsProps) {
    mkdirSync(props.folder, { recursive: true });
    writeFileSync(join(props.folder, 'Corefile'), props.corefile);
  }

  /** @throws Error with its log, if it ends instead of serving */
  async start(): Promise<void> {
    const { folder, network, env } = this.props;
    const command = [prepareCoreDns(), '-conf', join(folder, 'Corefile')];
    const [program = '', ...args] = network ? ['ip', 'netns', 'exec', network, ...command] : command;
    const log = openSync(this.logFile, 'w');
    this.process = spawn(program, args, { stdio: ['ignore', log, log], env: { ...process.env, ...env } });
    await poll(
      'CoreDNS serves',
      () => {
        if (this.ended) return true;
        // It says its version once it listens everywhere.
        return /^CoreDNS-/m.test(this.log) || undefined;
      },
      { every: 0.05 },
    );
    if (this.ended) throw new Error(this.log);
  }

  async stop(): Promise<void> {
    if (!this.process || this.ended) return;
    const gone = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await gone;
  }

  get log(): string {
    return readFileSync(this.logFile, 'utf8');
  }

  get ended(): boolean {
    return this.process?.exitCode !== null || this.process.signalCode !== null;
  }

  private get logFile(): string {
    return join(this.props.folder, 'coredns.log');
  }
}
