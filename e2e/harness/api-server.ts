import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareCrds } from './crds';
import { freePorts } from './free-ports';
import { prepareGoTools } from './go-tool';
import { Kubectl } from './kubectl';
import { poll } from './poll';
import { runFolder } from './project';

/**
 * Kubernetes' API as AKS serves it: defaults, validation, admission and field ownership are the real ones. Nothing
 * runs behind it: no controller, no scheduler, no node.
 */
export class ApiServer {
  readonly folder = join(runFolder, 'kubernetes');
  private readonly tools = prepareGoTools();
  readonly kubectl = new Kubectl(this.tools.kubectl, this.folder);
  private readonly processes: ChildProcess[] = [];

  /** Starts with an empty etcd, and with the definitions of the custom resources. */
  async start(): Promise<void> {
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const [etcd = 0, peer = 0, api = 0] = await freePorts(3);
    this.startEtcd(`http://127.0.0.1:${etcd}`, `http://127.0.0.1:${peer}`);
    this.startApiServer(`http://127.0.0.1:${etcd}`, api);
    const ended = this.processes.map(async process => {
      const [code] = await once(process, 'exit');
      throw new Error(`${process.spawnfile} ended with ${code}; its log is in ${this.folder}`);
    });
    await Promise.race([...ended, this.ready()]);
    this.kubectl.ok('create', ...prepareCrds().flatMap(file => ['-f', file]));
    // `wait` itself fails for a definition that has no status yet.
    await poll('the custom resources are established', () =>
      this.kubectl.ok('wait', '--for=condition=Established', 'crd', '--all', '--timeout=20s'),
    );
  }

  /** Ends what start started; there is nothing to save. */
  async stop(): Promise<void> {
    for (const process of this.processes) {
      if (process.pid === undefined || process.exitCode !== null) continue;
      const gone = once(process, 'exit');
      process.kill('SIGKILL');
      await gone;
    }
  }

  private startEtcd(client: string, peer: string): void {
    this.spawn('etcd', {
      'data-dir': join(this.folder, 'etcd'),
      'listen-client-urls': client,
      'advertise-client-urls': client,
      'listen-peer-urls': peer,
      'initial-advertise-peer-urls': peer,
      'initial-cluster': `default=${peer}`,
    });
  }

  private startApiServer(etcd: string, port: number): void {
    const token = randomBytes(24).toString('hex');
    const tokens = join(this.folder, 'tokens.csv');
    writeFileSync(tokens, `${token},test,test,system:masters\n`);
    const key = join(this.folder, 'service-accounts.key');
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    // Not PKCS#8, which this flag refuses.
    writeFileSync(key, privateKey.export({ type: 'sec1', format: 'pem' }));
    const certificates = join(this.folder, 'tls');
    this.kubectl.configure(`https://127.0.0.1:${port}`, join(certificates, 'apiserver.crt'), token);
    this.spawn(this.tools.kubeApiServer, {
      'etcd-servers': etcd,
      'bind-address': '127.0.0.1',
      'advertise-address': '127.0.0.1',
      'secure-port': String(port),
      // It makes its own certificate there.
      'cert-dir': certificates,
      'service-cluster-ip-range': '10.96.0.0/24',
      'endpoint-reconciler-type': 'none',
      'service-account-issuer': 'https://kubernetes.default.svc',
      'service-account-key-file': key,
      'service-account-signing-key-file': key,
      'token-auth-file': tokens,
      'authorization-mode': 'RBAC',
    });
  }

  private spawn(program: string, flags: Readonly<Record<string, string>>): void {
    const log = openSync(join(this.folder, `${program.split('/').at(-1)}.log`), 'w');
    const args = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
    this.processes.push(spawn(program, args, { stdio: ['ignore', log, log] }));
  }

  private async ready(): Promise<void> {
    await poll(
      'the API server is ready',
      () => this.kubectl.ok('get', '--raw', '/readyz') === 'ok' || undefined,
    );
  }
}
