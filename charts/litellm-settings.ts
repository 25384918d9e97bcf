import type { Environment } from '../config/environment';
import { masterKey, redisPassword } from '../config/secrets';
import { fromSecret } from './litellm-secret';

type Settings = Record<string, unknown>;

/** `general_settings`: who may call, and the database. */
export function generalSettings({ gateway, postgres, network }: Environment): Settings {
  const { connectionPoolLimit, batchWriteSeconds, allowRequestsWhenUnavailable } = gateway.database;
  return {
    master_key: fromSecret(masterKey.name),
    ...(postgres.authentication === 'password' && { database_url: 'os.environ/DATABASE_URL' }),
    database_connection_pool_limit: connectionPoolLimit,
    proxy_batch_write_at: batchWriteSeconds,
    ...spendLogRetention(gateway.database),
    allow_requests_on_db_unavailable: allowRequestsWhenUnavailable,
    // A fallback of ours answers only those whose key may ask that model. LiteLLM's default asks nobody.
    enforce_fallback_model_access: true,
    // The client's address is the last one that the ingress controller, a pod, put into X-Forwarded-For; what a client
    // says of itself stands before it. Without these, every client would be the controller: inside the network.
    use_x_forwarded_for: true,
    mcp_trusted_proxy_ranges: [network.podCidr],
    mcp_xff_num_trusted_hops: 1,
  };
}

/** LiteLLM reads the crontab in the container's time zone, which is UTC. */
function spendLogRetention({
  spendLogRetentionDays: days,
  spendLogCleanupTime,
}: Environment['gateway']['database']): Settings {
  if (days === null) return {};
  const [hour, minute] = spendLogCleanupTime.split(':').map(Number);
  return {
    maximum_spend_logs_retention_period: `${days}d`,
    maximum_spend_logs_cleanup_cron: `${minute} ${hour} * * *`,
  };
}

/** `litellm_settings`: how requests are made, and the cache that all replicas share. */
export function litellmSettings({ gateway, azureOpenAi, extensions, redis }: Environment): Settings {
  return {
    request_timeout: gateway.requestTimeoutSeconds,
    json_logs: true,
    callbacks: extensions.callbacks,
    global_disable_no_log_param: !extensions.allowNoLog,
    ...(azureOpenAi?.authentication === 'entra' && { enable_azure_ad_token_refresh: true }),
    cache: true,
    cache_params: {
      type: 'redis',
      // By host and port, as in the article: an access key in a URL would need escapes. It is as fast by URL; the 80 requests
      // per second that it once cost (BerriAI/litellm#3188) are gone (docs/performance.md).
      host: 'os.environ/REDIS_HOST',
      port: 'os.environ/REDIS_PORT',
      ...(redis.authentication === 'entra'
        ? { azure_redis_ad_token: true }
        : { password: fromSecret(redisPassword.name) }),
      ssl: true,
      health_check_interval: gateway.redis.healthCheckSeconds,
    },
  };
}

/** `router_settings`: what happens when a model fails. The router shares the cache's Redis by itself. */
export function routerSettings({ gateway, catalogue }: Environment): Settings {
  const { strategy, retries, timeoutRetries, allowedFails, cooldownSeconds } = gateway.routing;
  const fallbacks = byName(catalogue.fallbacks, catalogue.aliases);
  const afterRefusal = byName(catalogue.contentPolicyFallbacks, catalogue.aliases);
  const names = new Set([...Object.keys(fallbacks), ...Object.keys(afterRefusal)]);
  return {
    routing_strategy: strategy,
    num_retries: retries,
    // Of the router alone: in litellm_settings, LiteLLM would not read it. Without it, a timeout counts as any failure.
    retry_policy: { TimeoutErrorRetries: timeoutRetries },
    allowed_fails: allowedFails,
    cooldown_time: cooldownSeconds,
    ...(Object.keys(fallbacks).length > 0 && { fallbacks: oneKeyObjects(fallbacks) }),
    // Where this says nothing, LiteLLM sends what a content filter refused to `fallbacks`. An empty list for a model is
    // an answer; an empty list of models is none.
    ...(names.size > 0 && {
      content_policy_fallbacks: [...names].map(name => ({ [name]: afterRefusal[name] ?? [] })),
    }),
  };
}

type Fallbacks = Readonly<Record<string, readonly string[]>>;

/** LiteLLM looks for fallbacks by the name that the client asked for, so an alias needs its model's own. */
function byName(fallbacks: Fallbacks, aliases: Readonly<Record<string, string>>): Fallbacks {
  const inherited = Object.entries(aliases).flatMap(([alias, model]) => {
    const others = fallbacks[model];
    return others && !(alias in fallbacks) ? [[alias, others] as const] : [];
  });
  return { ...fallbacks, ...Object.fromEntries(inherited) };
}

/** A list of one-key objects whose values are lists: a plain string stops LiteLLM from 1.108.1 on. */
function oneKeyObjects(fallbacks: Fallbacks): Fallbacks[] {
  return Object.entries(fallbacks).map(([model, others]) => ({ [model]: others }));
}
