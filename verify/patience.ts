/** How long the suite waits for what LiteLLM does later, in seconds. */
export interface Patience {
  /** Between two looks. */
  readonly every: number;
  /** Until an answer is in the cache: LiteLLM stores it after it has given it. */
  readonly cache: number;
  /** Until what a request cost is counted against its key's budget. */
  readonly budget: number;
  /** Until a key whose second is over is refused. */
  readonly expiry: number;
  /**
   * Until every worker knows of a change: each keeps what it knows of a key for up to a minute, and only the one that
   * made the change forgets it at once.
   */
  readonly propagation: number;
  /** Without being let in, for a deleted key to be gone everywhere. */
  readonly quiet: number;
  /** Between two writes of spend where no environment says it: LiteLLM's own default is 10, the article's 60. */
  readonly batch: number;
  /** Beyond that interval: its jitter, and the writing itself. */
  readonly writing: number;
  /** Until a worker is asked for metrics that has counted a request. */
  readonly metrics: number;
}

export const patience: Patience = {
  every: 1,
  cache: 6,
  budget: 8,
  expiry: 15,
  propagation: 75,
  quiet: 15,
  batch: 60,
  writing: 60,
  metrics: 20,
};
