import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { containerEnv } from './container-env';
import { poll } from './poll';
import { type SandboxProps, sandboxArguments, userCommand } from './sandbox';
import { mirroredSecrets } from './secrets-store';

/**
 * One container of a pod, run as a kubelet would run it. What it knows about the process is in the pod's folder, so that
 * every test file can hold the same one.
 */
export class RunningContainer {
  private readonly user: readonly string[];
  private readonly env: Readonly<Record<string, string>>;

  constructor(private readonly props: SandboxProps) {
    const { name, image, manifests, vault, spec, container } = props;
    const secrets = manifests.secretProviderClasses.flatMap(provider => [
      ...mirroredSecrets(provider, vault),
    ]);
    this.user = userCommand(spec, container, image);
    this.env = { ...image.env, HOSTNAME: name, ...containerEnv(container.env, new Map(secrets)) };
  }

  /** Starts its process in the pod's network, which is there. */
  start(): void {
    const { name, folder, image, container } = this.props;
    const { command = image.entrypoint, args = [] } = container;
    mkdirSync(folder, { recursive: true });
    const sandbox = sandboxArguments(this.props);
    const log = openSync(this.logFile, 'w');
    const status = openSync(this.statusFile, 'w');
    const bwrap = ['netns', 'exec', name, 'bwrap', '--json-status-fd', '3', ...sandbox];
    spawn('ip', [...bwrap, ...this.user, ...command, ...args], {
      env: this.env,
      stdio: ['ignore', log, log, status],
    }).unref();
    closeSync(log);
    closeSync(status);
  }

  get started(): boolean {
    return existsSync(this.statusFile);
  }

  /** Of its first process, as this side sees it. */
  get pid(): number {
    const pid = this.status('child-pid');
    if (pid === undefined) throw new Error(`${this.props.name} did not start\n${this.log}`);
    return pid;
  }

  /** Undefined while it runs. */
  get exitCode(): number | undefined {
    return this.status('exit-code');
  }

  get log(): string {
    return this.started ? readFileSync(this.logFile, 'utf8') : '';
  }

  /** Waits for its end, and returns its exit code. */
  ended(seconds: number): Promise<number> {
    return poll(`${this.props.container.name} ends`, () => this.exitCode, { seconds });
  }

  /** Runs a command inside, as its user, like `kubectl exec`. */
  exec(...command: string[]): { status: number | null; stdout: string; stderr: string } {
    return spawnSync('nsenter', this.enter(command), { encoding: 'utf8', env: this.env });
  }

  /** The same without waiting in between. */
  run(command: readonly string[]): Promise<unknown> {
    return new Promise(resolve =>
      spawn('nsenter', this.enter(command), { env: this.env }).once('exit', resolve),
    );
  }

  /** A container that has just ended takes no signal, and needs none. */
  signal(name: NodeJS.Signals): void {
    try {
      process.kill(this.pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }

  private get logFile(): string {
    return join(this.props.folder, `${this.props.container.name}.log`);
  }

  private get statusFile(): string {
    return join(this.props.folder, `${this.props.container.name}.json`);
  }

  /** bwrap writes one JSON object for each thing that it has to say. */
  private status(key: 'child-pid' | 'exit-code'): number | undefined {
    if (!this.started) return undefined;
    const value = new RegExp(`"${key}":\\s*(\\d+)`).exec(readFileSync(this.statusFile, 'utf8'))?.[1];
    return value === undefined ? undefined : Number(value);
  }

  private enter(command: readonly string[]): string[] {
    const { workingFolder } = this.props.image;
    return [`--target=${this.pid}`, '--all', `--wdns=${workingFolder}`, ...this.user, ...command];
  }
}
