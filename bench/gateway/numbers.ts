/** Milliseconds, of every request. */
type Times = readonly number[];

/** Requests that were sent many at once. */
export interface Heat {
  readonly requestsPerSecond: number;
  /** Milliseconds that the pods' processes worked for one request. */
  readonly cpuTime: number;
  readonly times: Times;
}

/** One pod of one worker, the same with Redis by URL, one pod of four workers, two pods of one worker each. */
export type Contestant = 'oneWorker' | 'redisUrl' | 'fourWorkers' | 'twoPods';

/** Every single number that was measured inside. */
export interface Numbers {
  /** Until the whole answer was there: from the provider itself, and through the gateway. */
  readonly answers: Readonly<Record<'provider' | 'miss' | 'hit' | 'hitElsewhere', Times>>;
  /** The same until the first token of a stream. */
  readonly firstTokens: Readonly<Record<'provider' | 'gateway', Times>>;
  readonly load: Readonly<Record<Contestant, readonly Heat[]>>;
  /** MB that LiteLLM's processes hold after that load. */
  readonly memory: Readonly<Record<'oneWorker' | 'fourWorkers', number>>;
  /** Milliseconds until a pod is ready. */
  readonly starts: Readonly<Record<'oneWorker' | 'fourWorkers', number>>;
}
