import { everything } from '../../__tests__/fixtures/everything';
import { corefile } from '../../charts/corefile';
import { dnsZones } from '../../charts/dns-zones';
import { AZURE_DNS, type Dns } from '../../config/dns';
import type { Environment } from '../../config/environment';
import { AksDns } from './aks-dns';
import { ApiServer } from './api-server';
import { azureDns, Resolver } from './internet';

export const GOOGLE = '8.8.8.8';
export const CLOUDFLARE = '1.1.1.1';
export const CORPORATE = '10.99.0.4';

/** The one Service that an API server makes itself. */
export const service = { name: 'kubernetes.default.svc.cluster.local', address: '10.96.0.1' };

/** CoreDNS as AKS runs it, the API server that it asks, and the resolvers of the outside world. */
export class DnsStage {
  readonly api = new ApiServer();
  readonly google = new Resolver(GOOGLE);
  private readonly resolvers = [
    this.google,
    azureDns(AZURE_DNS),
    ...[CLOUDFLARE, CORPORATE, ...everything.dns.publicResolvers].map(address => new Resolver(address)),
  ];
  private latest?: AksDns;

  async start(): Promise<void> {
    await Promise.all([this.api.start(), ...this.resolvers.map(resolver => resolver.start())]);
  }

  async stop(): Promise<void> {
    await Promise.all([this.api.stop(), ...this.resolvers.map(resolver => resolver.stop())]);
  }

  /** The CoreDNS that was served last. */
  get aks(): AksDns {
    if (!this.latest) throw new Error('no CoreDNS has been started');
    return this.latest;
  }

  /** Starts CoreDNS with the keys that an environment renders. */
  serve(environment: Environment): Promise<void> {
    return this.serveKeys(customKeys(environment));
  }

  serveKeys(custom: Readonly<Record<string, string>>): Promise<void> {
    this.latest = new AksDns(this.api, custom);
    return this.latest.server.start();
  }
}

/** The keys of `coredns-custom`. */
export function customKeys(environment: Environment): Record<string, string> {
  return corefile(dnsZones(environment));
}

export function withDns(environment: Environment, dns: Partial<Dns>): Environment {
  return { ...environment, dns: { ...environment.dns, ...dns } };
}
