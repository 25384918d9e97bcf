import { mkdirSync } from 'node:fs';
import { AZURE_DNS } from '../config/dns';
import { useNodeResolver } from './harness/aks-dns';
import { command } from './harness/command';
import { createInternet } from './harness/internet';
import { createNetwork } from './harness/network';
import { runFolder } from './harness/project';

/** Of CoreDNS, where `network.serviceCidr` is its default. */
export const DNS_SERVICE = '10.0.0.10';

/** Makes the network in which all of CoreDNS's test files run, once. */
export default function setup(): void {
  mkdirSync(runFolder, { recursive: true });
  createNetwork();
  createInternet();
  command('ip', ['address', 'add', `${DNS_SERVICE}/32`, 'dev', 'lo']);
  useNodeResolver(AZURE_DNS);
}
