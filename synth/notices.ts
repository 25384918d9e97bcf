import type { Environment } from '../config/environment';
import { privateAddress } from '../contract/load-balancer';

/** What a person should know before deploying, a line each, what should be looked at first. */
export function noticeLines(environment: Environment): string[] {
  return [
    ...warnings(environment).map(line => `Warning: ${line}`),
    ...notices(environment).map(line => `Note: ${line}`),
  ];
}

/** What is laxer than it has to be. */
function warnings(environment: Environment): string[] {
  return [
    ...openApiServer(environment),
    ...soleAdministrator(environment),
    ...secretsInState(environment),
    ...openWithoutDatabase(environment),
    ...fallbacksElsewhere(environment),
  ];
}

/** What to know, none of it a mistake: where a new line belongs, unless it is a warning. */
function notices(environment: Environment): string[] {
  return [...reachability(environment), ...recordToMake(environment)];
}

function reachability({ keyVault, names, cluster }: Environment): string[] {
  return [
    ...(keyVault.allowedIpRanges.length === 0
      ? [
          `Key Vault ${names.keyVault} has no public access: deploy from inside the network, or name your address in keyVault.allowedIpRanges`,
        ]
      : []),
    ...(cluster.privateCluster
      ? [`the API server of ${names.cluster} is private: run kubectl from inside the network`]
      : []),
  ];
}

function openApiServer({ names, cluster }: Environment): string[] {
  return !cluster.privateCluster && cluster.authorizedIpRanges.length === 0
    ? [
        `the API server of ${names.cluster} answers anybody (Entra still decides); limit it with cluster.authorizedIpRanges`,
      ]
    : [];
}

function soleAdministrator({ class: purpose, administrators }: Environment): string[] {
  return purpose === 'production' && administrators.length === 0
    ? [
        'administrators is empty: whoever applies first is the only one who can plan, deploy or read secrets; name a group of people and pipelines (docs/operations.md)',
      ]
    : [];
}

/** Which DNS record a person has to make, where no zone of the environment file holds it. */
function recordToMake(environment: Environment): string[] {
  const { names, ingress, host } = environment;
  if (ingress.exposure === 'internal') {
    return ingress.privateDnsZone
      ? []
      : [
          `no ingress.privateDnsZone: create the A record ${host} with the address ${privateAddress(environment)} in the DNS that your clients ask`,
        ];
  }
  return ingress.dnsZone
    ? []
    : [
        `no ingress.dnsZone: create the A record ${host} with the address that this prints, once deployed: az network public-ip show -g ${names.resourceGroup} -n ${names.ingressAddress} --query ipAddress -o tsv`,
      ];
}

function openWithoutDatabase({ gateway }: Environment): string[] {
  return gateway.database.allowRequestsWhenUnavailable
    ? [
        'gateway.database.allowRequestsWhenUnavailable lets in every key that starts with sk- while PostgreSQL is away; false refuses requests then',
      ]
    : [];
}

/** What Azure OpenAI was asked, and somebody else may get to read. */
function fallbacksElsewhere({ catalogue, models }: Environment): string[] {
  return (['fallbacks', 'contentPolicyFallbacks'] as const).flatMap(key =>
    Object.entries(catalogue[key]).flatMap(([name, others]) => {
      if (models.find(model => model.name === name)?.protocol !== 'azure') return [];
      const hosts = models.flatMap(model =>
        model.protocol !== 'azure' && others.includes(model.name) ? [new URL(model.baseUrl).host] : [],
      );
      return hosts.length > 0
        ? [
            `catalogue.${key} sends what ${name} on Azure OpenAI fails to answer, the whole prompt, to ${[...new Set(hosts)].join(', ')}; a second Azure deployment keeps it with Azure`,
          ]
        : [];
    }),
  );
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
