import type { Environment } from '../config/environment';
import type { Model } from '../config/models';
import { variableOf } from '../config/secret-name';

type Json = Record<string, unknown>;

/** LiteLLM's config.yaml: what the environment file models, and `gateway.settings` as it is. */
export function litellmConfig(environment: Environment): Json {
  const config: Record<string, unknown> = modelledConfig(environment);
  for (const [block, settings] of Object.entries(environment.gateway.settings)) {
    config[block] = { ...(config[block] as Json | undefined), ...settings };
  }
  return config;
}

/** The part of config.yaml that the environment file models. Every `os.environ/X` in it is a variable of the container. */
export function modelledConfig(
  environment: Environment,
): Record<'model_list', Json[]> & Record<string, Json | Json[]> {
  const { gateway, catalogue, models, azureOpenAi } = environment;
  const { database, routing } = gateway;
  return {
    model_list: models.map(model => modelEntry(model, azureOpenAi)),
    general_settings: {
      master_key: 'os.environ/LITELLM_MASTER_KEY',
      ...(environment.postgres.authentication === 'password' && { database_url: 'os.environ/DATABASE_URL' }),
      database_connection_pool_limit: database.connectionPoolLimit,
      proxy_batch_write_at: database.batchWriteSeconds,
      allow_requests_on_db_unavailable: database.allowRequestsWhenUnavailable,
    },
    litellm_settings: {
      request_timeout: gateway.requestTimeoutSeconds,
      json_logs: true,
      ...(azureOpenAi?.authentication === 'entra' && { enable_azure_ad_token_refresh: true }),
      cache: true,
      cache_params: {
        type: 'redis',
        // By host and port, not by URL: about 80 requests per second faster (LiteLLM's docs; the article).
        host: 'os.environ/REDIS_HOST',
        port: 'os.environ/REDIS_PORT',
        ...(environment.redis.authentication === 'entra'
          ? { azure_redis_ad_token: true }
          : { password: 'os.environ/REDIS_PASSWORD' }),
        ssl: true,
      },
    },
    // The router shares the cache's Redis by itself.
    router_settings: {
      routing_strategy: routing.strategy,
      num_retries: routing.retries,
      allowed_fails: routing.allowedFails,
      cooldown_time: routing.cooldownSeconds,
      ...(Object.keys(catalogue.fallbacks).length > 0 && {
        fallbacks: Object.entries(catalogue.fallbacks).map(([model, others]) => ({ [model]: others })),
      }),
    },
  };
}

function modelEntry(model: Model, azureOpenAi: Environment['azureOpenAi']): Json {
  const { name, rpm, tpm } = model;
  const limits = { ...(rpm && { rpm }), ...(tpm && { tpm }) };
  if (model.protocol === 'azure') {
    return {
      model_name: name,
      litellm_params: {
        model: `azure/${model.deployment}`,
        api_base: 'os.environ/AZURE_OPENAI_ENDPOINT',
        ...(azureOpenAi?.authentication === 'key' && { api_key: 'os.environ/AZURE_OPENAI_KEY' }),
        api_version: azureOpenAi?.apiVersion,
        ...limits,
      },
      // A deployment's name says nothing about its price.
      model_info: { base_model: `azure/${model.baseModel}` },
    };
  }
  return {
    model_name: name,
    litellm_params: {
      model: `${model.protocol}/${model.upstream}`,
      api_base: model.baseUrl,
      api_key: `os.environ/${variableOf(model.apiKeySecret)}`,
      ...(Object.keys(model.headers).length > 0 && { extra_headers: model.headers }),
      ...limits,
    },
  };
}
