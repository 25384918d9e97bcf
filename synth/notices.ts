import type { Environment } from '../config/environment';
import { retirementNotice } from '../config/retirements';

/**
 * What a person should know before deploying, none of it a mistake.
 * @param today the date that retirements are counted from; it changes no byte of the output
 */
export function notices(environment: Environment, today: Date): string[] {
  return [...retirements(environment, today), ...reachability(environment), ...secretsInState(environment)];
}

function retirements({ azureOpenAi }: Environment, today: Date): string[] {
  return (azureOpenAi?.deployments ?? []).flatMap(
    ({ model, version }) => retirementNotice(model, version, today) ?? [],
  );
}

function reachability({ keyVault, names, cluster, ingress, host }: Environment): string[] {
  const { privateCluster, authorizedIpRanges } = cluster;
  return [
    ...(keyVault.allowedIpRanges.length === 0
      ? [
          `Key Vault ${names.keyVault} has no public access: deploy from inside the network, or name your address in keyVault.allowedIpRanges`,
        ]
      : []),
    ...(privateCluster
      ? [`the API server of ${names.cluster} is private: run kubectl from inside the network`]
      : []),
    ...(!privateCluster && authorizedIpRanges.length === 0
      ? [
          `the API server of ${names.cluster} answers anybody (Entra still decides); limit it with cluster.authorizedIpRanges`,
        ]
      : []),
    ...(!ingress.dnsZone
      ? [
          `no ingress.dnsZone: create the A record ${host} with the address of ${names.ingressAddress} yourself`,
        ]
      : []),
  ];
}

function secretsInState({ secrets }: Environment): string[] {
  const sources: Partial<Record<string, string>> = { redis: 'redis', 'azure-openai': 'azureOpenAi' };
  return secrets.flatMap(({ name, origin }) =>
    sources[origin]
      ? [
          `Terraform state will hold ${name}, because the provider exports it; ${sources[origin]}.authentication "entra" needs no key`,
        ]
      : [],
  );
}
