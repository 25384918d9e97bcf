import { keyVaultOf } from './azure-resources';
import type { Breach, Invariant, Subject } from './invariant';
import { containersOf } from './kubernetes-layer';
import type { Manifest, Workload } from './manifests';

/** LiteLLM reads an `os.environ/X` without an X as nothing, and fails at the first request. */
function checkVariables({ kubernetes }: Subject): Breach[] {
  const known = containersOf(kubernetes.gateway.spec.template).flatMap(({ env = [] }) =>
    env.map(({ name }) => name),
  );
  const references = [...kubernetes.configText.matchAll(/os\.environ\/(\w+)/g)].map(([, name]) => name ?? '');
  return [...new Set(references)]
    .filter(name => !known.includes(name))
    .map(name => ({
      path: 'gateway.settings',
      given: `os.environ/${name}`,
      message: `has no source; add ${name} to gateway.env, or use one of ${known.join(', ')}`,
    }));
}

interface SecretProviderClass extends Manifest {
  readonly spec: {
    readonly parameters: { readonly keyvaultName: string; readonly objects: string };
    readonly secretObjects?: readonly {
      readonly secretName: string;
      readonly data: readonly { readonly objectName: string; readonly key: string }[];
    }[];
  };
}

/** From the vault to the container's variables, no link of the chain refers to what is not there. */
function checkSecrets(subject: Subject): Breach[] {
  const { terraform, kubernetes } = subject;
  const vault = keyVaultOf(subject).name;
  const written = terraform
    .all<{ name: string }>('azurerm_key_vault_secret')
    .map(({ resource }) => resource.name);
  const classes = kubernetes.all<SecretProviderClass>('SecretProviderClass');
  return [
    ...classes.flatMap(found => [...vaultBreaches(found, vault), ...mirrorBreaches(found, written)]),
    ...kubernetes.workloads.flatMap(workload => variableBreaches(workload, classes)),
  ];
}

function vaultBreaches({ metadata, spec }: SecretProviderClass, vault: string): Breach[] {
  const { keyvaultName } = spec.parameters;
  return keyvaultName === vault
    ? []
    : [
        breach(
          `SecretProviderClass ${metadata.name} reads vault ${keyvaultName}, and Terraform makes ${vault}`,
        ),
      ];
}

function mirrorBreaches({ metadata, spec }: SecretProviderClass, written: readonly string[]): Breach[] {
  const fetched = fetchedBy(spec.parameters.objects);
  const mirrored = (spec.secretObjects ?? []).flatMap(({ data }) => data.map(({ objectName }) => objectName));
  return [
    ...missing(fetched, written).map(name =>
      breach(
        `SecretProviderClass ${metadata.name} reads ${name} from Key Vault, and Terraform writes ${written.join(', ')}`,
      ),
    ),
    ...missing(mirrored, fetched).map(name =>
      breach(`SecretProviderClass ${metadata.name} mirrors ${name}, and fetches ${fetched.join(', ')}`),
    ),
  ];
}

/** The names within the driver's own YAML. */
function fetchedBy(objects: string): string[] {
  return [...objects.matchAll(/objectName: *"?([\w-]+)/g)].map(([, name]) => name ?? '');
}

/** The driver keeps a Secret only while the pod that reads it mounts its class. */
function variableBreaches(workload: Workload, classes: readonly SecretProviderClass[]): Breach[] {
  const { spec } = workload.spec.template;
  const mounted = (spec.volumes ?? []).flatMap(({ csi }) => csi?.volumeAttributes?.secretProviderClass ?? []);
  const provided = classes
    .filter(({ metadata }) => mounted.includes(metadata.name))
    .flatMap(found => found.spec.secretObjects ?? [])
    .flatMap(({ secretName, data }) => data.map(({ key }) => `${secretName}/${key}`));
  const read = containersOf(workload.spec.template)
    .flatMap(({ env = [] }) => env)
    .flatMap(({ valueFrom }) => valueFrom?.secretKeyRef ?? [])
    .map(({ name, key }) => `${name}/${key}`);
  const who = `${workload.kind} ${workload.metadata.name}`;
  return missing(read, provided).map(name =>
    breach(
      `${who} reads Secret ${name}, and the volumes that it mounts provide ${provided.join(', ') || 'none'}`,
    ),
  );
}

function missing(wanted: readonly string[], known: readonly string[]): string[] {
  return [...new Set(wanted)].filter(name => !known.includes(name));
}

function breach(message: string): Breach {
  return { path: '', message: `${message}; both must name the same` };
}

export const references: Invariant[] = [
  { code: 'variable-source', severity: 'error', check: checkVariables },
  { code: 'secret-source', severity: 'error', check: checkSecrets },
];
