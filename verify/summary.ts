import type { Result, Status } from './check';

/** What a run came to. */
export interface Summary {
  readonly url: string;
  readonly environment?: string;
  /** The name that everything was called by which the run made. */
  readonly run: string;
  /** In the suite's order. */
  readonly results: readonly Result[];
  readonly started: Date;
  readonly seconds: number;
  /** Completions that providers were asked for, of a few tokens each. */
  readonly upstreamCalls: number;
  /** What to know besides, such as things that a killed run left behind. */
  readonly warnings: readonly string[];
}

export function count({ results }: Pick<Summary, 'results'>, status: Status): number {
  return results.filter(result => result.status === status).length;
}

/** The last line of every report. */
export function lastLine(summary: Summary): string {
  return `${count(summary, 'passed')} passed, ${count(summary, 'failed')} failed, ${count(summary, 'skipped')} skipped`;
}
