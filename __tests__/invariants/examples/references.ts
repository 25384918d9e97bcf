import type { Json } from '../../helpers/objects';
import type { Example } from './example';

const secret = 'secrets_litellm_salt_key';

/** Gives a ConfigMap one value of a number of characters. */
function resize(configMap: Json, characters: number, last = ' '): void {
  configMap.data = { 'config.yaml': `${' '.repeat(characters - 1)}${last}` };
}

/** Names that two places must agree on. */
export const references: readonly Example[] = [
  {
    code: 'config-map-size',
    keeps: { edit: ({ object }) => resize(object('ConfigMap'), 1024 * 1024) },
    breaks: {
      // A character of two bytes.
      edit: ({ object }) => resize(object('ConfigMap'), 1024 * 1024, 'é'),
      at: 'catalogue',
      says: ['1048577 bytes', 'Kubernetes takes 1048576', 'fewer models'],
    },
  },
  {
    code: 'federated-subject',
    keeps: {},
    breaks: {
      edit: ({ object }) => {
        object('Deployment').spec.template.spec.serviceAccountName = 'gateway';
        object('ServiceAccount').metadata.name = 'gateway';
      },
      at: '',
      says: [
        'runs as system:serviceaccount:litellm:gateway',
        'trusts system:serviceaccount:litellm:litellm-proxy',
      ],
    },
  },
  {
    code: 'federated-subject',
    keeps: {
      edit: ({ object }) => {
        object('Deployment').spec.template.metadata.labels = {
          ...object('Deployment').spec.template.metadata.labels,
          'azure.workload.identity/use': 'false',
        };
        object('Deployment').spec.template.spec.serviceAccountName = 'nobody';
      },
    },
    breaks: {
      edit: ({ object }) => {
        object('Deployment').spec.template.spec.serviceAccountName = 'nobody';
      },
      at: '',
      says: [
        'runs as system:serviceaccount:litellm:nobody',
        'ServiceAccounts are system:serviceaccount:litellm:litellm-proxy',
      ],
    },
  },
  ...(['audience', 'issuer'] as const).map(
    (argument): Example => ({
      code: 'federated-subject',
      keeps: {},
      breaks: {
        edit: ({ terraform }) => {
          const [credential] = Object.values<Record<string, unknown>>(
            terraform.resource.azurerm_federated_identity_credential,
          );
          if (credential) credential[argument] = argument === 'audience' ? ['api://other'] : 'https://other';
        },
        at: '',
        says: ["at this cluster's issuer for api://AzureADTokenExchange"],
      },
    }),
  ),
  {
    code: 'variable-source',
    keeps: {
      file: {
        'gateway.env': { SEARCH_URL: 'x' },
        'gateway.settings': { litellm_settings: { search: 'os.environ/SEARCH_URL' } },
      },
    },
    breaks: {
      file: { 'gateway.settings': { litellm_settings: { search: 'os.environ/SEARCH_URL' } } },
      at: 'gateway.settings',
      says: ['has no source', 'add SEARCH_URL to gateway.env', 'ACME_API_KEY'],
    },
  },
  {
    code: 'secret-source',
    keeps: {},
    breaks: {
      edit: ({ terraform }) => {
        delete terraform.resource.azurerm_key_vault_secret[secret];
      },
      at: '',
      says: ['reads litellm-salt-key from Key Vault', 'Terraform writes litellm-master-key, acme-api-key'],
    },
  },
  {
    code: 'secret-source',
    keeps: {},
    breaks: {
      edit: ({ terraform }) => {
        terraform.resource.azurerm_key_vault.key_vault.name = 'kv-other';
      },
      at: '',
      says: ['reads vault kv-llm-test-', 'Terraform makes kv-other'],
    },
  },
  {
    code: 'secret-source',
    keeps: {},
    breaks: {
      edit: ({ object }) => {
        object('SecretProviderClass').spec.secretObjects[0].data.push({ objectName: 'other', key: 'other' });
      },
      at: '',
      says: ['mirrors other', 'fetches litellm-master-key, litellm-salt-key, acme-api-key'],
    },
  },
  {
    code: 'secret-source',
    keeps: {},
    breaks: {
      edit: ({ object }) => {
        object('SecretProviderClass').metadata.name = 'litellm-secrets-2';
      },
      at: '',
      says: ['Deployment litellm-proxy reads Secret litellm-secrets-1/litellm-master-key', 'provide none'],
    },
  },
];
