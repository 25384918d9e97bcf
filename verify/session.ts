import { z } from 'zod';
import type { Answer } from './answer';
import { completed } from './completion';
import { Gateway, type Traffic } from './gateway';
import { Made, runId } from './made';
import type { Patience } from './patience';
import type { Redaction } from './redaction';
import type { Target } from './target';
import { Unexpected } from './unexpected';
import { waitFor } from './wait';

const listSchema = z.object({
  object: z.literal('list'),
  data: z.array(z.object({ id: z.string() })).min(1),
});

/** How many models are asked for an answer until one gives it. */
const CANDIDATES = 3;

export interface SessionProps {
  readonly target: Target;
  readonly masterKey: string;
  readonly timeoutSeconds: number;
  /** Ends every request but those that clean up. */
  readonly signal: AbortSignal;
  readonly redaction: Redaction;
  readonly started: Date;
  readonly patience: Patience;
}

/** What the checks of one run share: clients, what was made, and what was found out once for all of them. */
export class Session {
  readonly target: Target;
  readonly redaction: Redaction;
  readonly signal: AbortSignal;
  readonly timeoutSeconds: number;
  readonly patience: Patience;
  readonly run: string;
  private readonly remembered = new Map<string, Promise<string>>();
  readonly traffic: Traffic = { upstreamCalls: 0, refusals: [] };
  readonly made: Made;
  /** With the master key. */
  readonly administrator: Gateway;
  /** With no key at all. */
  readonly stranger: Gateway;

  constructor(private readonly props: SessionProps) {
    const { target, masterKey, redaction, signal, timeoutSeconds, started } = props;
    redaction.hide(masterKey);
    this.target = target;
    this.redaction = redaction;
    this.signal = signal;
    this.timeoutSeconds = timeoutSeconds;
    this.patience = props.patience;
    this.run = runId(started);
    this.administrator = this.as(masterKey);
    this.stranger = this.as(undefined);
    this.made = new Made(this.run, this.as(masterKey, new AbortController().signal), redaction);
  }

  /** A client with a key. */
  as(key: string | undefined, signal = this.signal): Gateway {
    const { target, timeoutSeconds } = this.props;
    return new Gateway({ endpoint: target.endpoint, key, timeoutSeconds, signal, traffic: this.traffic });
  }

  /** A client of one pod, with the master key. */
  readonly atPod = (url: string): Gateway => {
    const { masterKey, signal, timeoutSeconds } = this.props;
    return new Gateway({ endpoint: { url }, key: masterKey, timeoutSeconds, signal, traffic: this.traffic });
  };

  /** A question that no other run, and no other check of this one, asks: nothing has its answer in a cache. */
  prompt(label: string): string {
    return `Say hello. (${this.run} ${label})`;
  }

  /** The models that the master key may use. */
  readonly models = once(async () => listed(await this.administrator.get('/v1/models')));

  /** The first answer of a model: the one that was named, or one of the first of the list. */
  readonly completion = once(async () => {
    const candidates = this.target.model ? [this.target.model] : (await this.models()).slice(0, CANDIDATES);
    const refusals: string[] = [];
    for (const model of candidates) {
      try {
        return completed(model, await this.administrator.chat(model, this.prompt('completion')));
      } catch (error) {
        this.signal.throwIfAborted();
        refusals.push(`${model} ${(error as Error).message}`);
      }
    }
    throw new Unexpected(refusals.join('; '));
  });

  /** Tries until there is something; undefined when the time is over. */
  async waitFor<T>(
    attempt: (elapsed: number) => Promise<T | undefined>,
    seconds: number,
    every = this.patience.every,
  ): Promise<T | undefined> {
    return waitFor(attempt, { seconds, every, signal: this.signal });
  }

  /** Makes something for several checks, when the first of them asks. */
  remember(name: string, make: () => Promise<string>): Promise<string> {
    const known = this.remembered.get(name) ?? make();
    this.remembered.set(name, known);
    return known;
  }

  /** A virtual key for the model that answers, and no other. */
  readonly scopedKey = once(async () => {
    const { model } = await this.completion();
    return this.made.key('scoped', { models: [model], max_budget: 1 });
  });

  /** A model that the scoped key is not for. */
  async otherModel(): Promise<string> {
    const { model } = await this.completion();
    return (await this.models()).find(name => name !== model) ?? 'another-model';
  }
}

/** The ids of a list of models. */
export function listed(answer: Answer): string[] {
  return answer
    .expect(200)
    .as(listSchema)
    .data.map(({ id }) => id);
}

/** Does something when it is first asked for, and only then. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
