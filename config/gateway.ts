import { z } from 'zod';
import { imageSchema } from './image';
import { json } from './json';
import { resourcesSchema } from './resources';
import { section } from './section';
import { timeOfDay } from './time-of-day';

/** The LiteLLM deployment. */
export const gatewaySchema = section({
  image: imageSchema,
  replicas: section({
    /** Always running. Default 2, as in the article, and never fewer: one may drain while the other serves. */
    min: z.int().min(2).default(2),
    /** At most. Default 10, as in the article. What the database must bear is counted from this. */
    max: z.int().min(1).max(200).default(10),
  })
    .superRefine(({ min, max }, ctx) => {
      if (min > max) {
        ctx.addIssue({
          code: 'custom',
          path: ['min'],
          message: `is above gateway.replicas.max ${max}; use min <= max`,
        });
      }
    })
    .prefault({}),
  /**
   * Worker processes per pod. Default 1: LiteLLM's advice on Kubernetes, where pods are the unit of scale. The
   * article's 4 serve no more on the same CPU, with five times the memory (docs/performance.md).
   */
  workers: z.int().min(1).max(16).default(1),
  resources: resourcesSchema,
  autoscaling: section({
    /** Percent of the CPU request. Default 60, as in the article and in LiteLLM's docs. */
    cpu: z.int().min(10).max(100).default(60),
    /**
     * Percent of the memory request; `null` switches the target off. Default null: a Python process does not give
     * memory back, so this target scales out and never in (LiteLLM's docs). The article has 80.
     */
    memory: z.int().min(10).max(100).nullable().default(null),
  }).prefault({}),
  /**
   * Seconds that LiteLLM waits for a model's answer, of a stream for each next piece. What else waits on the way follows:
   * a request may take as long again for every fallback, and for every one of `routing.timeoutRetries`. Default 600, as in
   * the article (LiteLLM's own is 6000).
   */
  requestTimeoutSeconds: z.int().min(10).max(3600).default(600),
  /** Seconds between "leave the load balancer" and SIGTERM. Default 5, as in the article. */
  preStopSeconds: z.int().min(1).max(60).default(5),
  database: section({
    /** Connections per worker. Default 10, as in the article. */
    connectionPoolLimit: z.int().min(1).max(100).default(10),
    /** Seconds between two writes of spend. Default 60, as in the article: far fewer writes; spend shows up later. */
    batchWriteSeconds: z.int().min(1).max(3600).default(60),
    /**
     * Days that the log of requests is kept, one row each, which is most of the database; `null` for ever. Default 90.
     * Budgets and the spend of keys and teams are kept apart, and stay. The article has null.
     */
    spendLogRetentionDays: z.int().min(1).max(3650).nullable().default(90),
    /**
     * When LiteLLM deletes what is older, every day, in UTC. One pod does, by a lock in Redis. Default 01:00, before the
     * cluster's maintenance. Told no time, it first deletes a day after a pod's start: pods that are replaced daily never do.
     */
    spendLogCleanupTime: timeOfDay.default('01:00'),
    /**
     * Serve requests while PostgreSQL is away. Default false: LiteLLM then lets in every key that starts with `sk-`, because
     * it cannot look one up. The article has true.
     */
    allowRequestsWhenUnavailable: z.boolean().default(false),
    /**
     * Seconds that a migration of the schema may take, with its retries. New pods wait as long for it, and the old ones
     * serve. Default 900; raise it before an upgrade that rewrites a large spend log.
     */
    migrationTimeoutSeconds: z.int().min(300).max(86_400).default(900),
  }).prefault({}),
  redis: section({
    /**
     * Seconds of silence after which a worker asks a connection to Redis whether it is alive. Default 15; LiteLLM never
     * asks, and docs/operations.md says what becomes of it then. At most 29: at 30 redis-py's own TCP keepalive begins.
     */
    healthCheckSeconds: z.int().min(1).max(29).default(15),
  }).prefault({}),
  routing: section({
    /** How the router picks among deployments of one name. Default simple-shuffle, which LiteLLM advises for production. */
    strategy: z
      .enum([
        'simple-shuffle',
        'least-busy',
        'latency-based-routing',
        'cost-based-routing',
        'usage-based-routing-v2',
      ])
      .default('simple-shuffle'),
    /** Tries after a failed one. Default 2. */
    retries: z.int().min(0).max(10).default(2),
    /**
     * The same after one that took `requestTimeoutSeconds`. Default 0: a model that hangs is asked once, and a fallback
     * comes as soon as it can. Each of them makes everything on the way wait as long again.
     */
    timeoutRetries: z.int().min(0).max(10).default(0),
    /** Failures within a minute after which a deployment rests. Default 3. */
    allowedFails: z.int().min(0).max(100).default(3),
    /** Seconds that it rests. Default 30. */
    cooldownSeconds: z.int().min(1).max(3600).default(30),
  }).prefault({}),
  /** Plain environment variables of the container. Never a secret: those belong in Key Vault. */
  env: z
    .record(
      z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'is no environment variable; use capitals, digits and "_"'),
      z.string(),
    )
    .default({}),
  /**
   * LiteLLM settings that this schema does not model, merged into config.yaml as they are:
   * `{ litellm_settings: { drop_params: true } }`. A setting that the schema models is refused here.
   */
  settings: z
    .record(
      z.string(),
      z.union([z.record(z.string(), json), z.array(json)], {
        error: 'is no block of settings; write an object or a list',
      }),
    )
    .default({}),
}).prefault({});
