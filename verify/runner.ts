import type { Check, Result, Status } from './check';
import type { Health } from './health';
import { Inapplicable } from './inapplicable';
import { Slots } from './parallel';
import type { Session } from './session';

/** Checks that run at once at most: this tests function, not load. */
const CONCURRENCY = 8;

export interface RunnerProps {
  readonly session: Session;
  /** Asked after a failure, so that a gateway that went away is one failure and not thirty. */
  readonly health: Health;
  /** Called with each result as it comes. */
  readonly report: (result: Result) => void;
}

/** Runs every check as soon as what it needs is known. */
export class Runner {
  private readonly slots = new Slots(CONCURRENCY);
  private readonly results = new Map<string, Promise<Result>>();

  constructor(private readonly props: RunnerProps) {}

  /**
   * Never throws: what goes wrong is a result.
   * @param checks in any order; what they need has no circle
   * @param cleanup runs last, whatever happened
   * @returns the results in the same order
   */
  async run(checks: readonly Check[], cleanup: Check): Promise<readonly Result[]> {
    // None looks for another one's result before all of them have a place for it.
    const registered = Promise.resolve();
    for (const check of checks) {
      const result = registered.then(() => this.settle(check));
      this.results.set(
        check.id,
        result.then(settled => this.report(settled)),
      );
    }
    const results = await Promise.all(this.results.values());
    return [...results, this.report(await this.attempt(cleanup))];
  }

  private async settle(check: Check): Promise<Result> {
    return (await this.obstacle(check)) ?? this.slots.run(() => this.perform(check));
  }

  /** The result of a check that cannot run. */
  private async obstacle(check: Check): Promise<Result | undefined> {
    for (const id of check.needs ?? []) {
      const needed = await this.results.get(id);
      if (!needed) return skipped(check, `needs ${id}, which was left out`);
      if (needed.status === 'failed') return skipped(check, `${id} failed`, id);
      if (needed.status === 'skipped') return skipped(check, needed.found, needed.blockedBy);
    }
    for (const id of check.after ?? []) {
      const earlier = await this.results.get(id);
      if (earlier?.status === 'failed') return skipped(check, `${id} failed`, id);
      if (earlier?.blockedBy) return skipped(check, earlier.found, earlier.blockedBy);
    }
    const reason = check.inapplicable?.(this.props.session.target);
    return reason === undefined ? undefined : skipped(check, reason);
  }

  private async perform(check: Check): Promise<Result> {
    const { health } = this.props;
    if (health.ended) return skipped(check, health.ended);
    const result = await this.attempt(check);
    // The one that noticed is the failure; the others that were under way have nothing to add.
    if (result.status === 'failed' && (await health.endedBefore(check)))
      return skipped(check, health.ended ?? '');
    return result;
  }

  private async attempt(check: Check): Promise<Result> {
    const started = performance.now();
    const end = (status: Status, found: string) => ({
      check,
      status,
      found,
      seconds: (performance.now() - started) / 1000,
    });
    try {
      return end('passed', await check.run(this.props.session));
    } catch (error) {
      const found = error instanceof Error ? error.message : String(error);
      return end(error instanceof Inapplicable ? 'skipped' : 'failed', found);
    }
  }

  private report(result: Result): Result {
    const redacted = { ...result, found: this.props.session.redaction.redact(result.found) };
    this.props.report(redacted);
    return redacted;
  }
}

function skipped(check: Check, found: string, blockedBy?: string): Result {
  return { check, status: 'skipped', found, seconds: 0, ...(blockedBy && { blockedBy }) };
}
