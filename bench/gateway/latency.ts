import { untilCached } from '../../e2e/harness/cached-responses';
import type { Caller } from './caller';
import type { Numbers } from './numbers';
import type { Provider } from './provider';
import { inTurn } from './rounds';

const ROUNDS = 40;

/** Milliseconds that the provider takes; the article's answers took 448. */
const ANSWER = 400;
const FIRST_TOKEN = 200;

/** Where a question is asked. */
interface Ways {
  /** Not through the gateway. */
  readonly direct: Caller;
  readonly replicas: readonly [Caller, Caller];
}

/** The whole answer, one question at a time. */
export function measureAnswers(
  provider: Provider,
  { direct, replicas: [a, b] }: Ways,
): Promise<Numbers['answers']> {
  provider.latency = ANSWER;
  return inTurn(ROUNDS, async round => {
    const prompt = `What is the colour of the number ${round}?`;
    const { asked } = provider;
    const timings = {
      provider: (await direct.ask(prompt)).whole,
      miss: (await untilCached(() => a.ask(prompt))).whole,
      hitElsewhere: (await b.ask(prompt)).whole,
      hit: (await a.ask(prompt)).whole,
    };
    if (provider.asked !== asked + 2) throw new Error('the provider was asked for what is cached');
    return timings;
  });
}

/** The first token of a stream, one question at a time. */
export function measureFirstTokens(
  provider: Provider,
  { direct, replicas: [a] }: Ways,
): Promise<Numbers['firstTokens']> {
  provider.latency = FIRST_TOKEN;
  return inTurn(ROUNDS, async round => {
    const prompt = `Sing of the number ${round}.`;
    return {
      provider: (await direct.ask(prompt, true)).first,
      gateway: (await a.ask(prompt, true)).first,
    };
  });
}
