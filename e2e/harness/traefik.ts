import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../../__tests__/helpers/objects';
import type { Environment } from '../../config/environment';
import { traefikValues } from '../../constructs/traefik-values';
import { workload } from '../../contract/workload';
import type { ApiServer } from './api-server';
import { issueCertificates } from './certificates';
import { command } from './command';
import { freePorts } from './free-ports';
import { poll } from './poll';
import { projectFolder } from './project';
import { send, type WayIn } from './raw-client';
import { findPython } from './tools';
import { prepareVenv } from './venv';

/** An address of this machine that an EndpointSlice may have: none of loopback's. Of TEST-NET-2. */
const POD_ADDRESS = '198.51.100.10';

/** Installs it, as the other Python environments. */
export function prepareTraefik(): string {
  const python = findPython();
  if ('missing' in python) throw new Error(python.missing);
  const { folder } = prepareVenv(python.python, join(projectFolder, 'e2e/traefik/requirements.txt'));
  return join(folder, 'bin/traefik');
}

/** The real Traefik, in front of an upstream, with the API server from which it reads what was rendered. */
export class Traefik {
  private process: ChildProcess | undefined;

  constructor(private readonly server: ApiServer) {}

  /** @param upstreamPort where something listens on every address */
  async start(environment: Environment, upstreamPort: number): Promise<WayIn> {
    const folder = join(this.server.folder, 'traefik');
    mkdirSync(folder, { recursive: true });
    const { host } = environment;
    const { ca, certificate, key } = issueCertificates(join(folder, 'tls'), [host]);
    command('ip', ['address', 'replace', `${POD_ADDRESS}/32`, 'dev', 'lo']);
    this.create(tlsSecret(certificate, key), endpoints(upstreamPort), ingressClass(environment));
    const [http = 0, https = 0] = await freePorts(2);
    const log = openSync(join(folder, 'traefik.log'), 'w');
    this.process = spawn(prepareTraefik(), traefikArguments(environment, { web: http, websecure: https }), {
      env: { ...process.env, KUBECONFIG: this.server.kubectl.kubeconfig },
      stdio: ['ignore', log, log],
    });
    const way = { host, http, https, ca };
    const ended = once(this.process, 'exit').then(([code]) => {
      throw new Error(`traefik ended with ${code}; its log is in ${folder}`);
    });
    const ready = poll('traefik knows every route', async () => {
      const plain = await send(way, '/', { scheme: 'http' });
      const open = await send(way, '/v1/ready');
      const closed = await send(way, '/metrics');
      return (plain.status === 301 || plain.status === 308) && open.status === 200 && closed.status === 403
        ? true
        : undefined;
    });
    await Promise.race([ready, ended]);
    return way;
  }

  async stop(): Promise<void> {
    if (!this.process || this.process.exitCode !== null) return;
    const gone = once(this.process, 'exit');
    // It would drain for as long as a request may take.
    this.process.kill('SIGKILL');
    await gone;
  }

  private create(...objects: Json[]): void {
    const { status, stderr } = this.server.kubectl.run(
      ['create', '-f', '-'],
      objects.map(object => JSON.stringify(object)).join('\n---\n'),
    );
    if (status !== 0) throw new Error(stderr);
  }
}

/** What its chart's templates/_podtemplate.tpl makes of our values; the chart's own values are TLS at websecure. */
function traefikArguments(environment: Environment, ports: Record<'web' | 'websecure', number>): string[] {
  const values: Json = traefikValues(environment);
  const entryPoints = (['web', 'websecure'] as const).flatMap(name => {
    const { asDefault, transport } = values.ports[name];
    const flag = (key: string, value: unknown) => `--entryPoints.${name}.${key}=${value}`;
    return [
      flag('address', `127.0.0.1:${ports[name]}`),
      flag('asDefault', asDefault),
      flag('transport.respondingTimeouts.readTimeout', transport.respondingTimeouts.readTimeout),
      flag('transport.lifeCycle.graceTimeOut', transport.lifeCycle.graceTimeOut),
    ];
  });
  return [
    ...entryPoints,
    '--entryPoints.websecure.http.tls=true',
    '--providers.kubernetescrd',
    '--providers.kubernetesingress',
    `--providers.kubernetescrd.allowCrossNamespace=${values.providers.kubernetesCRD.allowCrossNamespace}`,
    `--global.checkNewVersion=${values.global.checkNewVersion}`,
    `--global.sendAnonymousUsage=${values.global.sendAnonymousUsage}`,
    '--log.level=INFO',
  ];
}

/** What cert-manager would keep. */
function tlsSecret(certificate: string, key: string): Json {
  const base64 = (file: string) => readFileSync(file).toString('base64');
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubernetes.io/tls',
    metadata: { name: 'litellm-tls', namespace: workload.namespace },
    data: { 'tls.crt': base64(certificate), 'tls.key': base64(key) },
  };
}

/** What Kubernetes would make of the Service's pods. */
function endpoints(port: number): Json {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${workload.name}-test`,
      namespace: workload.namespace,
      labels: { 'kubernetes.io/service-name': workload.name },
    },
    addressType: 'IPv4',
    ports: [{ name: 'http', port }],
    endpoints: [{ addresses: [POD_ADDRESS], conditions: { ready: true } }],
  };
}

/** What its chart makes. */
function ingressClass({ ingress }: Environment): Json {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name: ingress.className },
    spec: { controller: 'traefik.io/ingress-controller' },
  };
}
