import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { ApiServer } from './api-server';
import { command } from './command';
import { CoreDns } from './coredns';
import { runFolder } from './project';

/**
 * The Corefile of kube-system/coredns, which AKS reconciles (coredns/coredns#7090 shows one of 2025). Changed here is
 * how often `reload` looks: AKS leaves it at every 30 s.
 */
const COREFILE = `.:53 {
    errors
    ready
    health {
      lameduck 5s
    }
    kubernetes cluster.local in-addr.arpa ip6.arpa {
      pods insecure
      fallthrough in-addr.arpa ip6.arpa
      ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf
    cache 30
    loop
    reload 2s 1s
    loadbalance
    import custom/*.override
    template ANY ANY internal.cloudapp.net {
      match "^(?:[^.]+\\.){4,}internal\\.cloudapp\\.net\\.$"
      rcode NXDOMAIN
      fallthrough
    }
    template ANY ANY reddog.microsoft.com {
      rcode NXDOMAIN
    }
}
import custom/*.server
`;

/** Where a pod finds its ServiceAccount: below /run, which is the tests' own. */
const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** What a node gets from Azure, and CoreDNS from its node (`dnsPolicy: Default`); in the tests' own mount namespace. */
export function useNodeResolver(address: string): void {
  const file = join(runFolder, 'resolv.conf');
  writeFileSync(file, `nameserver ${address}\n`);
  command('mount', ['--bind', file, '/etc/resolv.conf']);
}

/** CoreDNS as AKS deploys it, with the keys of `coredns-custom` mounted beside its Corefile. */
export class AksDns {
  readonly server: CoreDns;
  private readonly folder = join(runFolder, 'aks');
  private readonly volume = join(this.folder, 'custom');
  private mounts = 0;

  constructor(api: ApiServer, custom: Readonly<Record<string, string>>) {
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.volume, { recursive: true });
    this.mount(custom);
    this.server = new CoreDns({ folder: this.folder, corefile: COREFILE, env: inCluster(api) });
  }

  /** Fills the volume as a kubelet does: every key is a link into a folder, and which one is changed at once. */
  mount(custom: Readonly<Record<string, string>>): void {
    const version = `..${++this.mounts}`;
    mkdirSync(join(this.volume, version));
    for (const [key, content] of Object.entries(custom)) {
      writeFileSync(join(this.volume, version, key), content);
    }
    replaceLink(version, join(this.volume, '..data'));
    for (const key of Object.keys(custom)) replaceLink(join('..data', key), join(this.volume, key));
    for (const key of readdirSync(this.volume)) {
      if (!key.startsWith('..') && !(key in custom)) rmSync(join(this.volume, key));
    }
  }
}

function replaceLink(target: string, link: string): void {
  symlinkSync(target, `${link}.new`);
  renameSync(`${link}.new`, link);
}

/** What a pod knows of the API server. */
function inCluster({ folder }: ApiServer): NodeJS.ProcessEnv {
  const { clusters, users } = parse(readFileSync(join(folder, 'kubeconfig'), 'utf8'));
  const { server, 'certificate-authority': authority } = clusters[0].cluster;
  mkdirSync(ACCOUNT, { recursive: true });
  writeFileSync(join(ACCOUNT, 'token'), users[0].user.token);
  writeFileSync(join(ACCOUNT, 'ca.crt'), readFileSync(authority));
  const { hostname, port } = new URL(server);
  return { KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port };
}
