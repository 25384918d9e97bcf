import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { RunningContainer } from './container';
import type { Image } from './image';
import type { Manifests, Probe, ServingContainer } from './manifests';
import { attach, detach } from './network';
import { ownConnection } from './own-connection';
import { poll } from './poll';
import { runFolder } from './project';
import type { SecretData } from './secrets-store';

export interface PodProps {
  readonly name: string;
  /** Its own, as every pod has one. */
  readonly address: string;
  readonly image: Image;
  readonly manifests: Manifests;
  /** Key Vault's secrets. */
  readonly vault: SecretData;
}

/** Seconds that a test waits for init containers at most; they have deadlines of their own. */
const PATIENCE = 1000;

/** A pod of the rendered Deployment, run as a kubelet would run it, but for restarts. */
export class Pod {
  readonly url: string;
  private readonly folder: string;
  private readonly container: ServingContainer;
  private readonly init: readonly RunningContainer[];
  private readonly main: RunningContainer;
  private initialized?: Promise<void>;

  constructor(private readonly props: PodProps) {
    const { name, address, manifests } = props;
    const { spec } = manifests.deployment.spec.template;
    this.container = spec.containers[0];
    this.url = `http://${address}:${this.container.ports[0]?.containerPort}`;
    this.folder = join(runFolder, 'pods', name);
    const { folder } = this;
    this.init = (spec.initContainers ?? []).map(
      container => new RunningContainer({ ...props, folder, spec, container }),
    );
    this.main = new RunningContainer({ ...props, folder, spec, container: this.container });
  }

  /** Starts its containers, each once the one before has ended well; it is not ready then. */
  start(): void {
    rmSync(this.folder, { recursive: true, force: true });
    attach(this.props.name, this.props.address);
    this.initialized = this.startInOrder();
    // Whoever waits for the pod gets to know.
    this.initialized.catch(() => {});
  }

  /**
   * Waits until the readiness probe succeeds. It is asked every second and from the start, so that nobody waits longer
   * than LiteLLM takes; what counts of the liveness probe is the moment at which a kubelet would restart the container.
   * @throws Error when that moment comes first, or a container ends
   */
  async ready(): Promise<void> {
    await this.initialized;
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
    return this.main.exec(...command);
  }

  /** Ends the pod as a kubelet does: preStop, SIGTERM, and SIGKILL when the grace period is over. */
  async stop(): Promise<{ exitCode: number; killed: boolean }> {
    const { terminationGracePeriodSeconds = 30 } = this.props.manifests.deployment.spec.template.spec;
    const end = Date.now() + terminationGracePeriodSeconds * 1000;
    const preStop = this.container.lifecycle?.preStop.exec.command;
    if (preStop) await this.main.run(preStop);
    this.main.signal('SIGTERM');
    let killed = false;
    const exitCode = await this.main.ended((end - Date.now()) / 1000).catch(() => {
      killed = true;
      this.main.signal('SIGKILL');
      return this.main.ended(10);
    });
    detach(this.props.name);
    return { exitCode, killed };
  }

  /** Ends it at once, whichever of its containers runs. */
  async discard(): Promise<void> {
    const running = [...this.init, this.main].find(
      ({ started, exitCode }) => started && exitCode === undefined,
    );
    running?.signal('SIGKILL');
    await running?.ended(10);
    await this.initialized?.catch(() => {});
    detach(this.props.name);
  }

  /** Of the container's first process, as this side sees it. */
  get pid(): number {
    return this.main.pid;
  }

  /** Undefined while it runs. */
  get exitCode(): number | undefined {
    return this.main.exitCode;
  }

  /** Whether the init containers have let it. */
  get started(): boolean {
    return this.main.started;
  }

  get log(): string {
    return this.main.log;
  }

  /** What the init containers said. */
  get initLog(): string {
    return this.init.map(({ log }) => log).join('');
  }

  /** Where the test sees a volume's files. */
  volume(name: string): string {
    return join(this.folder, 'volumes', name);
  }

  private async startInOrder(): Promise<void> {
    for (const container of this.init) {
      container.start();
      const exitCode = await container.ended(PATIENCE);
      if (exitCode !== 0) {
        throw new Error(`an init container of ${this.props.name} ended with ${exitCode}\n${container.log}`);
      }
    }
    this.main.start();
  }

  private async probe({ httpGet: { path, port }, timeoutSeconds = 1 }: Probe): Promise<boolean> {
    const number = this.container.ports.find(({ name }) => name === port)?.containerPort ?? port;
    const signal = AbortSignal.timeout(timeoutSeconds * 1000);
    const url = `http://${this.props.address}:${number}${path}`;
    return fetch(url, { signal, headers: ownConnection }).then(
      ({ status }) => status >= 200 && status < 400,
      () => false,
    );
  }
}

/** Seconds from the start after which a kubelet gives up on a container whose probe never succeeds. */
function patience({ initialDelaySeconds = 0, periodSeconds = 10, failureThreshold = 3 }: Probe): number {
  return initialDelaySeconds + periodSeconds * failureThreshold;
}
