import { join } from 'node:path';
import { command } from './command';
import { CoreDns } from './coredns';
import { attach } from './network';
import { runFolder } from './project';

/** Where everything outside the cluster is. */
const NETWORK = 'internet';
const GATEWAY = '10.244.0.2';

/** What Azure DNS answers for every name behind a private endpoint. */
export const privateEndpoint = '10.30.2.4';

/** `x.vault.azure.net` is an alias of `x.privatelink.vaultcore.azure.net`; the others keep their suffix. */
const ALIASES = [
  ...['postgres.database.azure.com', 'redis.azure.net', 'azurecr.io', 'openai.azure.com'].map(suffix =>
    alias(suffix, suffix),
  ),
  alias('vault.azure.net', 'vaultcore.azure.net'),
  record('^chat[.]partner[.]example[.]$', 'CNAME oai.openai.azure.com.'),
];

/**
 * A resolver of the outside world at its real address. It answers every question, with its own address where nothing
 * else is said: who got the question can be read from the answer. The names of Azure's services are aliases of
 * `privatelink.` names, as they are in the world, and `chat.partner.example` is an alias of one of them.
 */
export class Resolver {
  private readonly server: CoreDns;

  /** @param view what it knows better than the internet, before the rest */
  constructor(
    readonly address: string,
    view: readonly string[] = [],
  ) {
    const own = `A ${address}`;
    const corefile = `.:53 {
    bind ${address}
    errors
${[...view, record('[.]privatelink[.]', own), ...ALIASES, record('', own)].join('\n')}
    template ANY ANY {
        rcode NOERROR
    }
}
`;
    this.server = new CoreDns({ folder: join(runFolder, 'resolvers', address), corefile, network: NETWORK });
  }

  async start(): Promise<void> {
    this.appear();
    await this.server.start();
  }

  /** Its port is closed: who asks is told so. */
  stop(): Promise<void> {
    return this.server.stop();
  }

  /** What is sent to it gets lost: who asks is told nothing. */
  vanish(): void {
    command('ip', ['-n', NETWORK, 'address', 'delete', `${this.address}/32`, 'dev', 'lo']);
  }

  appear(): void {
    command('ip', ['-n', NETWORK, 'address', 'replace', `${this.address}/32`, 'dev', 'lo']);
  }
}

/** The one that knows the private zones linked to the network: those of the endpoints, and one that hides `acme.example`. */
export function azureDns(address: string): Resolver {
  return new Resolver(address, [
    record('[.]privatelink[.]', `A ${privateEndpoint}`),
    '    template ANY ANY acme.example {\n        rcode NXDOMAIN\n    }',
  ]);
}

/** Leads everything that is not on the cluster's network to the outside. */
export function createInternet(): void {
  attach(NETWORK, GATEWAY);
  command('ip', ['route', 'add', 'default', 'via', GATEWAY]);
}

function alias(suffix: string, privateSuffix: string): string {
  const target = `CNAME {{ .Group.name }}.privatelink.${privateSuffix}.`;
  return record(`^(?P<name>[^.]+([.][^.]+)?)[.]${suffix.replaceAll('.', '[.]')}[.]$`, target);
}

/** Answers the names that match, and leaves the others to what follows. */
function record(match: string, data: string): string {
  return `    template IN A {
        match "${match}"
        answer "{{ .Name }} 60 IN ${data}"
        fallthrough
    }`;
}
