import { randomBytes } from 'node:crypto';
import { parse } from 'yaml';
import { configYaml, type Manifests } from './manifests';

/** What a developer's machine runs: the rendered configuration, and what stands in for Azure. */
interface LocalConfig {
  readonly config: Config;
  readonly env: Record<string, string>;
  /** What differs from the cluster, for people to read. */
  readonly replaced: string[];
  /** Variables that the developer did not set, and the models that need them. */
  readonly missing: { readonly variable: string; readonly models: string[] }[];
}

interface Config {
  readonly model_list: { model_name: string; litellm_params: Record<string, unknown> }[];
  readonly general_settings: Record<string, unknown>;
  readonly litellm_settings: Record<string, unknown> & { cache_params: Record<string, unknown> };
}

/** Variables that only mean something in the cluster: its database and the folders of its image. */
const CLUSTER_ONLY =
  /^(DATABASE_.*|AZURE_POSTGRESQL_AUTH|DISABLE_SCHEMA_UPDATE|USE_V2_MIGRATION_RESOLVER|LITELLM_(NON_ROOT|UI_PATH|ASSETS_PATH|MIGRATION_DIR|PRISMA_\w+)|XDG_CACHE_HOME|PROXY_BASE_URL)$/;

/** Adapts an environment to a machine without Azure. The developer's own variables win over the manifest's. */
export function localConfig(
  manifests: Manifests,
  own: NodeJS.ProcessEnv,
  redis: { port: number; password: string },
): LocalConfig {
  const config = parse(configYaml(manifests)) as Config;
  const [{ env: variables }] = manifests.deployment.spec.template.spec.containers;
  const workers = variables.find(({ name }) => name === 'NUM_WORKERS')?.value;
  const { azure_redis_ad_token, ssl, ...cache } = config.litellm_settings.cache_params;
  const { database_url, ...general } = config.general_settings;
  const login = azure_redis_ad_token ? 'an Entra token' : 'an access key';
  const entraModels = config.litellm_settings.enable_azure_ad_token_refresh
    ? modelsWith(config, 'api_base', 'AZURE_OPENAI_ENDPOINT')
    : [];

  const replacements: Record<string, string> = {
    LITELLM_MASTER_KEY: own.LITELLM_MASTER_KEY ?? `sk-local-${randomBytes(8).toString('hex')}`,
    LITELLM_SALT_KEY: own.LITELLM_SALT_KEY ?? `sk-local-${randomBytes(8).toString('hex')}`,
    NUM_WORKERS: '1',
    REDIS_HOST: '127.0.0.1',
    REDIS_PORT: String(redis.port),
    REDIS_PASSWORD: redis.password,
  };
  const kept = variables.filter(({ name }) => !CLUSTER_ONLY.test(name) && name !== 'REDIS_USERNAME');
  // What LiteLLM looks up must be there: without it, it would look elsewhere.
  const env = Object.fromEntries(kept.map(({ name, value }) => [name, own[name] ?? value ?? 'missing']));
  const missing = kept.filter(({ name, value }) => value === undefined && !own[name] && !replacements[name]);

  return {
    config: {
      ...config,
      general_settings: general,
      litellm_settings: {
        ...config.litellm_settings,
        cache_params: { ...cache, password: 'os.environ/REDIS_PASSWORD', ssl: false },
      },
    },
    env: { ...env, ...replacements },
    replaced: [
      `Azure Managed Redis, over TLS with ${login}: a redis-server on 127.0.0.1:${redis.port}, without TLS, with a password`,
      'PostgreSQL: none, so there are no keys besides the master key, no teams, no budgets, no spend',
      `Key Vault: variables of your shell; ${own.LITELLM_MASTER_KEY ? '' : 'the master key and '}the salt key are made up if unset`,
      ...(workers === '1' ? [] : [`${workers} workers: 1`]),
      'the container image: LiteLLM of the same version from PyPI, as you, not read-only',
      ...(entraModels.length > 0
        ? [
            `the gateway's identity: yours (az login), for ${entraModels.join(', ')} at ${env.AZURE_OPENAI_ENDPOINT}`,
          ]
        : []),
    ],
    missing: missing.map(({ name }) => ({ variable: name, models: modelsWith(config, 'api_key', name) })),
  };
}

function modelsWith({ model_list }: Config, parameter: string, variable: string): string[] {
  return model_list
    .filter(({ litellm_params }) => litellm_params[parameter] === `os.environ/${variable}`)
    .map(({ model_name }) => model_name);
}
