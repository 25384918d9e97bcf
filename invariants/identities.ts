import type { Breach, Invariant, Subject } from './invariant';

interface FederatedCredential {
  readonly subject: string;
  readonly issuer: string;
  readonly audience: readonly string[];
}

/** What AKS's webhook asks for; Entra compares the audience by the letter. */
const AUDIENCE = 'api://AzureADTokenExchange';

/** Pods with this label get a token that Entra exchanges, if it trusts their ServiceAccount. */
const USES_WORKLOAD_IDENTITY = 'azure.workload.identity/use';

/** Entra trusts exactly the ServiceAccounts that pods run as, at this cluster. */
function checkSubjects({ terraform, kubernetes }: Subject): Breach[] {
  const trusted = terraform.all<FederatedCredential>('azurerm_federated_identity_credential');
  const [cluster] = terraform.all('azurerm_kubernetes_cluster');
  const issuer = `\${${cluster?.address}.oidc_issuer_url}`;
  const accounts = kubernetes.all('ServiceAccount').map(({ metadata }) => subject(metadata));
  const subjects = trusted
    .filter(({ resource }) => resource.issuer === issuer && resource.audience.includes(AUDIENCE))
    .map(({ resource }) => resource.subject);

  const users = kubernetes.workloads.filter(
    ({ spec }) => spec.template.metadata?.labels?.[USES_WORKLOAD_IDENTITY] === 'true',
  );
  return users.flatMap(({ kind, metadata, spec }) => {
    const { serviceAccountName: name = 'default' } = spec.template.spec;
    const wanted = subject({ ...metadata, name });
    const refused = (problem: string) => [
      { path: '', message: `${kind} ${metadata.name} runs as ${wanted}, ${problem}` },
    ];
    if (!accounts.includes(wanted))
      return refused(`and the ServiceAccounts are ${list(accounts)}; render it`);
    if (subjects.includes(wanted)) return [];
    return refused(
      `but Entra trusts ${list(trusted.map(({ resource }) => resource.subject))} at this cluster's issuer for ${AUDIENCE}; make the federated credential say the same`,
    );
  });
}

function subject({ namespace, name }: { readonly namespace?: string; readonly name: string }): string {
  return `system:serviceaccount:${namespace}:${name}`;
}

function list(names: readonly string[]): string {
  return names.join(', ') || 'none';
}

export const identities: Invariant[] = [
  { code: 'federated-subject', severity: 'error', check: checkSubjects },
];
