import type { EnvVar } from 'cdk8s-plus-28/lib/imports/k8s';
import { ports } from '../config/endpoints';
import type { Environment } from '../config/environment';
import { variableOf } from '../config/secret-name';
import { databasePassword } from '../config/secrets';
import type { Outputs } from '../contract/outputs';
import { workload } from '../contract/workload';
import { gatewaySecret } from './secrets';
import { paths } from './volumes';

/** Every environment variable of the gateway's container; a value is either plain or a reference to a secret. */
export function environmentVariables(environment: Environment, outputs: Outputs): EnvVar[] {
  const { gateway, host, secrets } = environment;
  return [
    ...secrets.map(({ name }) => ({
      name: variableOf(name),
      valueFrom: { secretKeyRef: { name: gatewaySecret(environment), key: name } },
    })),
    ...plain({
      // No load_dotenv() at start.
      LITELLM_MODE: 'PRODUCTION',
      LITELLM_LOG: 'ERROR',
      LITELLM_NON_ROOT: 'true',
      LITELLM_UI_PATH: paths.ui,
      LITELLM_ASSETS_PATH: paths.assets,
      LITELLM_MIGRATION_DIR: paths.migrations,
      XDG_CACHE_HOME: paths.cache,
      // Prices ship with the image; fetching them at start would be an egress of its own.
      LITELLM_LOCAL_MODEL_COST_MAP: 'True',
      // The migration Job owns the schema; in its pods this one is false.
      DISABLE_SCHEMA_UPDATE: 'true',
      // Its way to migrate, which never forces the schema to what the image would like it to be. LiteLLM's default does,
      // and two versions that share a database, as in every rollout, undo each other's columns.
      USE_V2_MIGRATION_RESOLVER: 'true',
      // The Job's own deadline decides; LiteLLM's would be ten minutes.
      LITELLM_PRISMA_MIGRATE_DEPLOY_TIMEOUT: String(gateway.database.migrationTimeoutSeconds),
      NUM_WORKERS: String(gateway.workers),
      PROXY_BASE_URL: `https://${host}`,
      // The API's page, where the ingress closes it; LiteLLM's place is /, below which everything lies.
      DOCS_URL: '/docs',
      ...database(environment),
      ...redis(environment, outputs),
      ...(environment.azureOpenAi && { AZURE_OPENAI_ENDPOINT: environment.endpoints.azureOpenAi }),
      ...gateway.env,
    }),
  ];
}

/** The authorities that the image trusts. LiteLLM finds the one that PostgreSQL's certificate comes from, as Prisma takes one. */
const TRUST = '/etc/ssl/certs/ca-certificates.crt';

function database({ postgres, endpoints, names }: Environment): Record<string, string> {
  const verify = postgres.sslMode === 'verify-full';
  if (postgres.authentication === 'password') {
    const { databaseUser: user, database } = workload;
    // The kubelet puts the password in; it is made of letters and digits, so it needs no escape in a URL.
    const tls = `sslmode=${postgres.sslMode}${verify ? `&sslrootcert=${TRUST}` : ''}`;
    const url = `postgresql://${user}:$(${variableOf(databasePassword.name)})@${endpoints.postgres}:${ports.postgres}/${database}?${tls}`;
    return { DATABASE_URL: url };
  }
  return {
    AZURE_POSTGRESQL_AUTH: 'true',
    DATABASE_HOST: endpoints.postgres,
    DATABASE_PORT: String(ports.postgres),
    DATABASE_NAME: workload.database,
    DATABASE_USER: names.gatewayIdentity,
    DATABASE_SSLMODE: postgres.sslMode,
    ...(verify && { DATABASE_SSLROOTCERT: TRUST }),
  };
}

function redis({ redis, endpoints }: Environment, outputs: Outputs): Record<string, string> {
  return {
    REDIS_HOST: endpoints.redis,
    REDIS_PORT: String(ports.redis),
    ...(redis.authentication === 'entra' && { REDIS_USERNAME: outputs.gateway_principal_id }),
  };
}

function plain(values: Record<string, string>): EnvVar[] {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}
