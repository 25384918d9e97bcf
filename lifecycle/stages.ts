import type { Host } from '../host';
import { StageError } from './failure';
import type { Journal } from './journal';
import type { Progress } from './progress';
import { type Redact, redactor } from './redact';
import { Step } from './step';
import { NoAnswer } from './tool';

interface Stage {
  /** What it does, as an order: `Plan the stack dev`. */
  readonly title: string;
  /** What state things are in if it fails. */
  readonly left: string;
}

export interface StagesProps {
  readonly host: Host;
  readonly journal: Journal;
  readonly progress: Progress;
  /** The command that continues. */
  readonly again: string;
}

/** Runs one stage after the other: each is announced, logged and timed, and says how to go on if it fails. */
export class Stages {
  private readonly redact: Redact;

  constructor(private readonly props: StagesProps) {
    this.redact = redactor(props.host.env);
  }

  /** A stage's tools without the stage: what only looks, and says itself what it found. */
  step(title: string): Step {
    return new Step({
      host: this.props.host,
      log: this.props.journal.open(title),
      redact: this.redact,
      show: () => {},
    });
  }

  async run<T>(stage: Stage, work: (step: Step) => Promise<T> | T): Promise<T> {
    const { host, journal, progress, again } = this.props;
    const log = journal.open(stage.title);
    log.write(stage.title);
    const started = Date.now();
    try {
      if (host.interrupted.aborted) throw new NoAnswer('interrupted', 'interrupted before it began');
      let step: Step | undefined;
      const result = await progress(stage.title, show => {
        step = new Step({ host, log, redact: this.redact, show });
        return work(step);
      });
      const seconds = Math.round((Date.now() - started) / 1000);
      host.err(`✔ ${stage.title} (${seconds} s)`);
      for (const note of step?.notes ?? []) host.err(`  ${note}`);
      return result;
    } catch (error) {
      const cause = this.clean(error);
      log.write(cause.stack ?? cause.message);
      host.err(`✖ ${stage.title}`);
      throw new StageError({ ...stage, again, log: log.path, cause });
    }
  }

  /** What tools said is in errors too, and in what we say of pods. */
  private clean(error: unknown): Error {
    const cause = error instanceof Error ? error : new Error(String(error));
    const stack = this.redact(cause.stack ?? cause.message);
    return Object.assign(new Error(this.redact(cause.message)), { stack });
  }
}
