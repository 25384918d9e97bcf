import type { Session } from './session';
import type { Target } from './target';

/** The parts of a gateway, in the order in which they are looked at. */
export const groups = [
  'address',
  'health',
  'models',
  'chat',
  'cache',
  'keys',
  'teams',
  'spend',
  'metrics',
  'security',
  'cleanup',
] as const;

export type Group = (typeof groups)[number];

/** One thing that a working gateway does. */
export interface Check {
  /** Its group and a word: `keys.budget`. An API: people write it after `--only` and in CI. */
  readonly id: `${Group}.${string}`;
  /** What it proves, as a sentence. */
  readonly title: string;
  /** What has to be found. */
  readonly expected: string;
  /** Checks that must have passed, or this one would say nothing. All of them come earlier in the suite. */
  readonly needs?: readonly string[];
  /** Checks that must not have failed; whether they could run does not matter. */
  readonly after?: readonly string[];
  /** Why it cannot run against this target. */
  readonly inapplicable?: (target: Target) => string | undefined;
  /**
   * @returns what was found
   * @throws Unexpected, Unreachable or Inapplicable
   */
  readonly run: (session: Session) => Promise<string>;
}

export type Status = 'passed' | 'failed' | 'skipped';

export interface Result {
  readonly check: Check;
  readonly status: Status;
  /** What was found, or why it was not looked at. */
  readonly found: string;
  readonly seconds: number;
  /** Id of the failure without which it would have run. */
  readonly blockedBy?: string;
}
