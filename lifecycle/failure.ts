import { ProblemsError } from '../config/problem';

export interface FailureProps {
  readonly title: string;
  /** What state things are in. */
  readonly left: string;
  /** The command that continues. */
  readonly again: string;
  /** The stage's log. */
  readonly log: string;
  readonly cause: Error;
}

/** A stage failed: what happened, what state things are in, where to read more, and how to go on. */
export class StageError extends Error {
  constructor({ title, left, again, log, cause }: FailureProps) {
    super(
      [
        `${title}: ${cause.message.replaceAll('\n', '\n  ')}`,
        '',
        `  State     ${left}`,
        `  Log       ${log}`,
        `  Continue  ${again}`,
      ].join('\n'),
      { cause },
    );
    this.name = 'StageError';
  }
}

/** What an error says, without the command line of a tool: the log has that. */
export function wordsOf({ message }: Error): string[] {
  const [first = '', ...more] = message.split('\n');
  const said = more.filter(line => line.trim() !== '');
  if (!/ ended with \d+$/.test(first)) return [first, ...more];
  return said.length > 0 ? said : [first];
}

/** What a person has to change before anything is done. */
export class Refusal extends Error {}

/** Whether an error is a message to its reader, and no defect of ours. */
export function isMessage(error: unknown): error is Error {
  return error instanceof StageError || error instanceof Refusal || error instanceof ProblemsError;
}
