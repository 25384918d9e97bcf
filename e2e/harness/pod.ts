import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { containerEnv } from './container-env';
import type { Image } from './image';
import type { Container, Manifests, Probe } from './manifests';
import { attach, detach } from './network';
import { poll } from './poll';
import { runFolder } from './project';
import { sandboxArguments, userCommand } from './sandbox';
import { mirroredSecrets, type SecretData } from './secrets-store';

export interface PodProps {
  readonly name: string;
  /** Its own, as every pod has one. */
  readonly address: string;
  readonly image: Image;
  readonly manifests: Manifests;
  /** Key Vault's secrets. */
  readonly vault: SecretData;
}

/**
 * A pod of the rendered Deployment, run as a kubelet would run it. What it knows about the running container is in its
 * folder, so that every test file can hold the same pod.
 */
export class Pod {
  readonly url: string;
  private readonly container: Container;
  private readonly folder: string;
  private readonly user: readonly string[];
  private readonly env: Readonly<Record<string, string>>;

  constructor(private readonly props: PodProps) {
    const { name, address, image, manifests, vault } = props;
    const { spec } = manifests.deployment.spec.template;
    const secrets = manifests.secretProviderClasses.flatMap(provider => [
      ...mirroredSecrets(provider, vault),
    ]);
    this.container = spec.containers[0];
    this.url = `http://${address}:${this.container.ports[0]?.containerPort}`;
    this.folder = join(runFolder, 'pods', name);
    this.user = userCommand(spec, image);
    this.env = { ...image.env, HOSTNAME: name, ...containerEnv(this.container.env, new Map(secrets)) };
  }

  /** Starts the container; it is not ready then. */
  start(): void {
    const { name, address, image, manifests, vault } = this.props;
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder, { recursive: true });
    const sandbox = sandboxArguments({ name, folder: join(this.folder, 'volumes'), image, manifests, vault });
    const command = [...this.user, ...image.entrypoint, ...this.container.args];
    attach(name, address);
    const log = openSync(this.logFile, 'w');
    const status = openSync(this.statusFile, 'w');
    const args = ['netns', 'exec', name, 'bwrap', '--json-status-fd', '3', ...sandbox, ...command];
    spawn('ip', args, { env: this.env, stdio: ['ignore', log, log, status] }).unref();
    closeSync(log);
    closeSync(status);
  }

  /**
   * Waits until the readiness probe succeeds. It is asked every second and from the start, so that nobody waits longer
   * than LiteLLM takes; what counts of the liveness probe is the moment at which a kubelet would restart the container.
   * @throws Error when that moment comes first, or the container ends
   */
  async ready(): Promise<void> {
    const { readinessProbe, livenessProbe, startupProbe } = this.container;
    const seconds = (startupProbe ? patience(startupProbe) : 0) + patience(livenessProbe);
    const outcome = await poll(
      'ready',
      async () => {
        if (this.exitCode !== undefined) return `ended with ${this.exitCode}`;
        return (await this.probe(readinessProbe)) && (await this.probe(livenessProbe)) ? 'ready' : undefined;
      },
      { seconds, every: 1 },
    ).catch(() => `was not ready after ${seconds} s, when the kubelet restarts it`);
    if (outcome !== 'ready') throw new Error(`${this.props.name} ${outcome}\n${this.log.slice(-4000)}`);
  }

  /** Whether its probes succeed, each once. */
  async healthy(): Promise<{ ready: boolean; alive: boolean }> {
    const { readinessProbe, livenessProbe } = this.container;
    return { ready: await this.probe(readinessProbe), alive: await this.probe(livenessProbe) };
  }

  /** Runs a command inside the container, as its user, like `kubectl exec`. */
  exec(...command: string[]): { status: number | null; stdout: string; stderr: string } {
    return spawnSync('nsenter', this.enter(command), { encoding: 'utf8', env: this.env });
  }

  /** Ends the pod as a kubelet does: preStop, SIGTERM, and SIGKILL when the grace period is over. */
  async stop(): Promise<{ exitCode: number; killed: boolean }> {
    const { terminationGracePeriodSeconds = 30 } = this.props.manifests.deployment.spec.template.spec;
    const end = Date.now() + terminationGracePeriodSeconds * 1000;
    const preStop = this.container.lifecycle?.preStop.exec.command;
    if (preStop) {
      await new Promise(resolve =>
        spawn('nsenter', this.enter(preStop), { env: this.env }).once('exit', resolve),
      );
    }
    const ended = (seconds: number) => poll('the container ends', () => this.exitCode, { seconds });
    this.signal('SIGTERM');
    let killed = false;
    const exitCode = await ended((end - Date.now()) / 1000).catch(() => {
      killed = true;
      this.signal('SIGKILL');
      return ended(10);
    });
    detach(this.props.name);
    return { exitCode, killed };
  }

  /** Of the container's first process, as this side sees it. */
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
    return readFileSync(this.logFile, 'utf8');
  }

  /** Where the test sees a volume's files. */
  volume(name: string): string {
    return join(this.folder, 'volumes', name);
  }

  private get logFile(): string {
    return join(this.folder, 'log');
  }

  private get statusFile(): string {
    return join(this.folder, 'status.json');
  }

  /** bwrap writes one JSON object for each thing that it has to say. */
  private status(key: 'child-pid' | 'exit-code'): number | undefined {
    const value = new RegExp(`"${key}":\\s*(\\d+)`).exec(readFileSync(this.statusFile, 'utf8'))?.[1];
    return value === undefined ? undefined : Number(value);
  }

  private async probe({ httpGet: { path, port }, timeoutSeconds = 1 }: Probe): Promise<boolean> {
    const number = this.container.ports.find(({ name }) => name === port)?.containerPort ?? port;
    const signal = AbortSignal.timeout(timeoutSeconds * 1000);
    return fetch(`http://${this.props.address}:${number}${path}`, { signal }).then(
      ({ status }) => status >= 200 && status < 400,
      () => false,
    );
  }

  /** A container that has just ended takes no signal, and needs none. */
  private signal(name: NodeJS.Signals): void {
    try {
      process.kill(this.pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }

  private enter(command: readonly string[]): string[] {
    const { workingFolder } = this.props.image;
    return [`--target=${this.pid}`, '--all', `--wdns=${workingFolder}`, ...this.user, ...command];
  }
}

/** Seconds from the start after which a kubelet gives up on a container whose probe never succeeds. */
function patience({ initialDelaySeconds = 0, periodSeconds = 10, failureThreshold = 3 }: Probe): number {
  return initialDelaySeconds + periodSeconds * failureThreshold;
}
