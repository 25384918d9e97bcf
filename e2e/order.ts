interface Test {
  readonly path: string;
}

/**
 * The same order everywhere, by name, and last the file that takes Redis away: every worker of LiteLLM leaves a Redis
 * that failed alone for a minute of its own, in which nothing is cached.
 */
export default class Order {
  sort<T extends Test>(tests: readonly T[]): T[] {
    const rank = ({ path }: Test) => (path.includes('redis-outage') ? `~${path}` : path);
    return [...tests].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  }

  /** Jest shards by this; there is one shard. */
  shard<T extends Test>(tests: readonly T[]): readonly T[] {
    return tests;
  }

  allFailedTests<T extends Test>(tests: readonly T[]): readonly T[] {
    return tests;
  }

  /** Durations are nothing to order by. */
  cacheResults(): void {}
}
