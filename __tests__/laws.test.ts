import { Lazy, TerraformResource, Token } from 'cdktf';
import { parseAllDocuments } from 'yaml';
import { namesSchema } from '../config/names';
import { GatewayStack } from '../constructs/gateway-stack';
import { KNOWN_AFTER_APPLY } from '../contract/outputs';
import { everything } from './fixtures/everything';
import { minimal } from './fixtures/minimal';
import { environmentFiles, environmentOf, root } from './helpers/environment';
import { type Json, strings } from './helpers/objects';
import { documents, outputs, type Rendered, render } from './helpers/render';

const files = new Map([...environmentFiles(), ['least', minimal], ['all', everything]]);
const previews = [...files].map(([name, file]) => [name, render(file, name)] as const);
const deployed = [...files].map(([name, file]) => [name, render(file, name, outputs)] as const);

/** What the API server accepts as the value of a label (k8s.io/apimachinery, IsValidLabelValue). */
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
/** What it accepts as the name of most objects: a DNS subdomain. */
const OBJECT_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

test('nothing keeps the stack of what made it, which would be a quarter of a synth', () => {
  const tokens = [Token.asAny('x'), Lazy.anyValue({ produce: () => 'x' })];
  expect(tokens.map(token => token.creationStack)).toEqual([[], []]);
});

describe.each(previews)('the Terraform configuration of %s', (_name, output) => {
  const { terraform, environment } = output;

  test('has a resource for every construct: no two share type and name', () => {
    const constructs = new GatewayStack(environment).node
      .findAll()
      .filter(TerraformResource.isTerraformResource);
    const declared = Object.values<Json>(terraform.resource).flatMap(byName => Object.keys(byName));
    expect(declared).toHaveLength(constructs.length);
    expect(constructs.length).toBeGreaterThan(40);
  });

  test('refers to what it declares only', () => {
    const undeclared = references(terraform).filter(reference => !declares(terraform, reference));
    expect(undeclared).toEqual([]);
  });

  test('has an order of creation: nothing waits for itself', () => {
    const waiting = new Map<string, string[]>();
    const blocks: [string, Json][] = [
      ['', terraform.resource],
      ['ephemeral.', terraform.ephemeral],
    ];
    for (const [prefix, types] of blocks) {
      for (const [type, byName] of Object.entries<Json>(types)) {
        for (const [name, resource] of Object.entries<Json>(byName)) {
          waiting.set(`${prefix}${type}.${name}`, namedIn(resource));
        }
      }
    }
    const ready = () => [...waiting].filter(([, names]) => !names.some(name => waiting.has(name)));
    for (let next = ready(); next.length > 0; next = ready()) {
      for (const [address] of next) waiting.delete(address);
    }
    expect([...waiting.keys()]).toEqual([]);
  });

  test('has no part that Terraform would not know', () => {
    expect(Object.keys(terraform).sort()).toEqual(
      ['//', 'data', 'ephemeral', 'output', 'provider', 'resource', 'terraform', 'variable'].sort(),
    );
  });

  test('gives every Azure resource a name that Azure accepts', () => {
    expect(namesSchema.safeParse(environment.names).error?.issues).toBeUndefined();
    const used = Object.values<Json>(terraform.resource).flatMap(byName =>
      Object.values<Json>(byName).map(({ name }) => name),
    );
    const { azureOpenAi, ingress, monitoring } = environment;
    const switched: Partial<Record<string, boolean>> = {
      azureOpenAi: azureOpenAi !== undefined,
      ingressAddress: ingress.exposure === 'public',
      certManagerIdentity: ingress.acme.solver === 'dns01',
      actionGroup: monitoring.alerts.emails.length > 0,
    };
    const names = Object.entries(environment.names).filter(([key]) => switched[key] ?? true);
    expect(used).toEqual(expect.arrayContaining(names.map(([, name]) => name)));
  });
});

/** Every address in a resource, of what Terraform makes before it. */
function namedIn(resource: Json): string[] {
  return JSON.stringify(resource).match(/(?:ephemeral\.)?[a-z]+_\w+\.\w+/g) ?? [];
}

/** Everything that a configuration refers to: expressions, and the resources to depend on. */
function references(terraform: Json): string[] {
  const expressions = strings(terraform).flatMap(text =>
    [...text.matchAll(/\$\{([^}]*)\}/g)].map(([, it]) => it ?? ''),
  );
  const dependencies = Object.values<Json>(terraform.resource).flatMap(byName =>
    Object.values<Json>(byName).flatMap(({ depends_on = [] }) => depends_on.map((it: string) => `${it}.id`)),
  );
  return [...expressions, ...dependencies];
}

function declares(terraform: Json, reference: string): boolean {
  const path = /^(?:(data|ephemeral)\.)?(\w+)\.(\w+)\.\w+(\[\d+\]\.\w+)?$/.exec(reference);
  if (path) {
    const [, block = 'resource', type = '', name = ''] = path;
    return terraform[block]?.[type]?.[name] !== undefined;
  }
  const variable = /^var\.(\w+)$/.exec(reference)?.[1];
  return variable !== undefined && terraform.variable[variable] !== undefined;
}

describe.each([...previews, ...deployed])('the manifests of %s', (_name, output) => {
  const manifests = [...output.manifests];

  test('hold no token of Terraform, nothing undefined and no object as text', () => {
    for (const [path, content] of manifests) {
      expect(`${path} ${/\$\{|TfToken|\bundefined\b|\[object|\bNaN\b/.exec(content)?.[0]}`).toBe(
        `${path} undefined`,
      );
    }
  });

  test('mean the same to a reader of YAML 1.1, as kubectl is, and of YAML 1.2', () => {
    for (const [, content] of manifests) {
      expect(parseAllDocuments(content, { version: '1.1' }).map(document => document.toJS())).toEqual(
        documents(content),
      );
    }
  });

  test('name every object once, without a hash, as the API server allows', () => {
    const names = output.objects.map(
      ({ kind, metadata }) => `${kind}/${metadata.namespace}/${metadata.name}`,
    );
    expect(new Set(names).size).toBe(names.length);
    for (const { metadata } of output.objects) {
      expect(metadata.name).toMatch(OBJECT_NAME);
      expect(metadata.name).not.toMatch(/-c?[0-9a-f]{8}$/);
    }
  });

  test('put every object into a namespace that is there', () => {
    const outside = output.objects.filter(({ metadata }) => metadata.namespace !== 'litellm');
    expect(outside.map(({ kind, metadata }) => [kind, metadata.namespace, metadata.name])).toEqual([
      ['Namespace', undefined, 'litellm'],
      // Cluster-scoped.
      ['PriorityClass', undefined, 'litellm-gateway'],
      ['ConfigMap', 'kube-system', 'coredns-custom'],
      // Application routing's own kind is cluster-wide.
      ...(output.environment.ingress.controller === 'application-routing'
        ? [['NginxIngressController', undefined, 'litellm']]
        : []),
    ]);
  });

  test('label every object with what it belongs to', () => {
    for (const { metadata } of output.objects) {
      expect(metadata.labels).toMatchObject({
        'app.kubernetes.io/name': 'litellm-proxy',
        'app.kubernetes.io/instance': output.environment.name,
        'app.kubernetes.io/part-of': 'litellm-gateway',
        'app.kubernetes.io/managed-by': 'litellm-aks',
      });
    }
  });

  test('are numbered in the order to apply, and what others need comes first', () => {
    const paths = manifests.map(([path]) => path);
    expect(paths).toEqual([...paths].sort());
    expect(paths.every(path => /^[^/]+\/(after-dns\/)?\d\d-[a-z-]+\.yaml$/.test(path))).toBe(true);
    const kinds = output.objects.map(({ kind }) => kind);
    expect(kinds[0]).toBe('Namespace');
    expect(kinds.indexOf('SecretProviderClass')).toBeLessThan(kinds.indexOf('Deployment'));
    expect(kinds.at(-1)).toBe('Certificate');
  });

  test('give the container every variable that config.yaml refers to', () => {
    const variables = Object.keys(output.variables);
    const wanted = [...JSON.stringify(output.config).matchAll(/os\.environ\/(\w+)/g)].map(([, name]) => name);
    expect(wanted).toContain('LITELLM_MASTER_KEY');
    expect(variables).toEqual(expect.arrayContaining(wanted));
    expect(new Set(variables).size).toBe(output.container.env.length);
  });
});

describe.each(previews)('the preview of %s', (_name, output) => {
  test('carries on every object a label that the API server refuses', () => {
    for (const { metadata } of output.objects) {
      expect(Object.values<string>(metadata.labels).filter(value => !LABEL_VALUE.test(value))).toEqual([
        KNOWN_AFTER_APPLY,
      ]);
    }
  });

  test('takes every secret from the vault by a name that Terraform writes there', () => {
    const written = Object.values(output.resources('azurerm_key_vault_secret')).map(({ name }) => name);
    const { parameters, secretObjects } = output.object('SecretProviderClass').spec;
    const fetched = documents(parameters.objects)[0].array.map(
      (entry: string) => documents(entry)[0].objectName,
    );
    const mirrored = secretObjects[0].data.map(({ key }: Json) => key);
    const read = output.container.env.flatMap(({ valueFrom }: Json) => valueFrom?.secretKeyRef.key ?? []);
    expect(fetched).toEqual(written);
    expect(mirrored).toEqual(written);
    expect(read).toEqual(written);
  });

  test('says of what Azure invents that it is known after apply', () => {
    const { annotations } = output.object('ServiceAccount').metadata;
    expect(annotations['azure.workload.identity/client-id']).toBe('(known after apply)');
    expect(output.object('SecretProviderClass').spec.parameters.tenantId).toBe('(known after apply)');
  });
});

describe.each(deployed)('after its first deployment, %s', (_name, output) => {
  test('carries labels that the API server accepts', () => {
    for (const { metadata } of output.objects) {
      for (const value of Object.values(metadata.labels)) expect(value).toMatch(LABEL_VALUE);
    }
  });

  test('leaves nothing unknown, and puts every output where it belongs', () => {
    expect([...output.manifests.values()].join('')).not.toMatch(/known after apply/);
    expect(output.object('ServiceAccount').metadata.annotations).toEqual({
      'azure.workload.identity/client-id': outputs.gateway_client_id,
      'azure.workload.identity/tenant-id': outputs.tenant_id,
    });
    expect(output.object('SecretProviderClass').spec.parameters).toMatchObject({
      clientID: outputs.gateway_client_id,
      tenantId: outputs.tenant_id,
    });
    const entra = output.environment.redis.authentication === 'entra';
    expect(output.variables.REDIS_USERNAME).toBe(entra ? outputs.gateway_principal_id : undefined);
  });
});

describe.each(previews)('the output of %s', (_name, output) => {
  const text = [...output.files.values()].join('\n');

  test('holds no path of the machine that made it', () => {
    for (const place of [root, process.cwd()]) expect(text).not.toContain(place);
    expect(text).not.toMatch(/(^|["\s])(\/home|\/Users|\/root|\/tmp\/|[A-Z]:\\)/m);
  });

  test('ends every file with one line feed and has no other kind of line end', () => {
    for (const content of output.files.values()) {
      expect(content).toMatch(/[^\n]\n$/);
      expect(content).not.toContain('\r');
    }
  });
});

test('every environment in environments/ parses, and no two share a globally unique name', () => {
  const environments = [...environmentFiles()].map(([name, file]) => environmentOf(file, name));
  expect(environments.length).toBeGreaterThanOrEqual(3);
  for (const key of ['registry', 'postgres', 'redis', 'keyVault', 'azureOpenAi'] as const) {
    expect(new Set(environments.map(({ names }) => names[key])).size).toBe(environments.length);
  }
});

test('the ServiceAccount that Entra trusts is the one that the pods run as', () => {
  for (const [, output] of previews) {
    const { namespace, name } = output.object('ServiceAccount').metadata;
    const credential = output.resource(
      'azurerm_federated_identity_credential',
      'gateway_identity_federated_credential',
    );
    expect(credential.subject).toBe(`system:serviceaccount:${namespace}:${name}`);
    const pod = output.object('Deployment').spec.template;
    expect(pod.spec.serviceAccountName).toBe(name);
    expect(output.object('Deployment').metadata.namespace).toBe(namespace);
    expect(pod.metadata.labels['azure.workload.identity/use']).toBe('true');
  }
});

test('the hosts that the pods call are those that Terraform names', () => {
  for (const [, output] of previews) {
    const { variables, environment } = output;
    const named = (type: string) => output.resource(type).name;
    expect(variables.REDIS_HOST).toBe(
      `${named('azurerm_managed_redis')}.${environment.location}.redis.azure.net`,
    );
    expect(variables.DATABASE_HOST ?? variables.DATABASE_URL).toContain(
      `${named('azurerm_postgresql_flexible_server')}.postgres.database.azure.com`,
    );
    expect(output.container.image).toMatch(
      new RegExp(`^${named('azurerm_container_registry')}\\.azurecr\\.io/`),
    );
    expect(output.object('SecretProviderClass').spec.parameters.keyvaultName).toBe(
      named('azurerm_key_vault'),
    );
    expect(databaseOf(output)).toBe(output.resource('azurerm_postgresql_flexible_server_database').name);
  }
});

function databaseOf({ variables }: Rendered): string | undefined {
  return variables.DATABASE_NAME ?? new URL(variables.DATABASE_URL ?? '').pathname.slice(1);
}
