import type { Environment } from '../config/environment';
import { fromSecret } from './litellm-secret';

type Settings = Record<string, unknown>;

/** `general_settings`: who may call, and the database. */
export function generalSettings({ gateway, postgres, network }: Environment): Settings {
  const { connectionPoolLimit, batchWriteSeconds, allowRequestsWhenUnavailable } = gateway.database;
  return {
    master_key: fromSecret('litellm-master-key'),
    ...(postgres.authentication === 'password' && { database_url: 'os.environ/DATABASE_URL' }),
    database_connection_pool_limit: connectionPoolLimit,
    proxy_batch_write_at: batchWriteSeconds,
    allow_requests_on_db_unavailable: allowRequestsWhenUnavailable,
    // The client's address is the last one that the ingress controller, a pod, put into X-Forwarded-For; what a client
    // says of itself stands before it. Without these, every client would be the controller: inside the network.
    use_x_forwarded_for: true,
    mcp_trusted_proxy_ranges: [network.podCidr],
    mcp_xff_num_trusted_hops: 1,
  };
}

/** `litellm_settings`: how requests are made, and the cache that all replicas share. */
export function litellmSettings({ gateway, azureOpenAi, extensions, redis }: Environment): Settings {
  return {
    request_timeout: gateway.requestTimeoutSeconds,
    json_logs: true,
    callbacks: extensions.callbacks,
    ...(azureOpenAi?.authentication === 'entra' && { enable_azure_ad_token_refresh: true }),
    cache: true,
    cache_params: {
      type: 'redis',
      // By host and port, not by URL: about 80 requests per second faster (LiteLLM's docs; the article).
      host: 'os.environ/REDIS_HOST',
      port: 'os.environ/REDIS_PORT',
      ...(redis.authentication === 'entra'
        ? { azure_redis_ad_token: true }
        : { password: fromSecret('redis-password') }),
      ssl: true,
      health_check_interval: gateway.redis.healthCheckSeconds,
    },
  };
}

/** `router_settings`: what happens when a model fails. The router shares the cache's Redis by itself. */
export function routerSettings({ gateway, catalogue }: Environment): Settings {
  const { strategy, retries, allowedFails, cooldownSeconds } = gateway.routing;
  const fallbacks = fallbacksByName(catalogue);
  return {
    routing_strategy: strategy,
    num_retries: retries,
    allowed_fails: allowedFails,
    cooldown_time: cooldownSeconds,
    // A list of one-key objects whose values are lists: a plain string stops LiteLLM from 1.108.1 on.
    ...(fallbacks.length > 0 && { fallbacks: fallbacks.map(([model, others]) => ({ [model]: others })) }),
  };
}

/** LiteLLM looks for fallbacks by the name that the client asked for, so an alias needs its model's own. */
function fallbacksByName({ fallbacks, aliases }: Environment['catalogue']): [string, string[]][] {
  const ofAliases = Object.entries(aliases).map(([alias, model]) => [alias, fallbacks[model]] as const);
  const missing = ofAliases.filter(
    (entry): entry is [string, string[]] => !!entry[1] && !(entry[0] in fallbacks),
  );
  return [...Object.entries(fallbacks), ...missing];
}
