import { styleText } from 'node:util';
import type { Check, Result, Status } from '../check';
import { count, lastLine, type Summary } from '../summary';

const words: Readonly<Record<Status, string>> = { passed: 'passed', failed: 'FAILED', skipped: 'skipped' };
const colors = { passed: 'green', failed: 'red', skipped: 'yellow' } as const;

/** More names than this are noise: one failure makes dozens of checks pointless. */
const LISTED = 9;

export interface LinesProps {
  readonly checks: readonly Check[];
  readonly colored: boolean;
  readonly print: (line: string) => void;
}

/** A table for people, a row for each check as it ends: it reads the same in a terminal and in a log. */
export class Lines {
  private readonly width: number;

  constructor(private readonly props: LinesProps) {
    this.width = Math.max(...props.checks.map(({ id }) => id.length));
  }

  /** What was skipped is shown in the end: many checks have one reason. */
  row({ check, status, found, seconds }: Result): void {
    if (status === 'skipped') return;
    const row = `${this.word(status)} ${check.id.padEnd(this.width)} ${seconds.toFixed(2).padStart(6)} s  `;
    this.props.print(`${row}${status === 'passed' ? found : check.title}`);
    if (status === 'passed') return;
    this.props.print(`          expected  ${check.expected}`);
    this.props.print(`          found     ${found}`);
  }

  end(summary: Summary): void {
    const { results, upstreamCalls, seconds, warnings } = summary;
    const skipped = results.filter(({ status }) => status === 'skipped');
    for (const reason of new Set(skipped.map(({ found }) => found))) {
      const ids = skipped.filter(({ found }) => found === reason).map(({ check }) => check.id);
      this.props.print(
        `${this.word('skipped')} ${ids.length > LISTED ? `${ids.length} checks` : ids.join(', ')}`,
      );
      this.props.print(`          because   ${reason}`);
    }
    for (const warning of warnings) this.props.print(`Warning: ${warning}`);
    this.props.print('');
    this.props.print(`${upstreamCalls} upstream calls, ${seconds.toFixed(1)} s`);
    const status = count(summary, 'failed') > 0 ? 'failed' : 'passed';
    this.props.print(this.color(status, lastLine(summary)));
  }

  private word(status: Status): string {
    return this.color(status, words[status].padEnd(7));
  }

  private color(status: Status, text: string): string {
    return this.props.colored ? styleText(colors[status], text) : text;
  }
}
