import type { EnvironmentFiles } from './config/environment-files';

/** What a command may know and use of the process that it runs in. `main.ts` makes it, tests make their own. */
export interface Host {
  /** The environment files. */
  readonly environments: EnvironmentFiles;
  /** Environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A path that a person gave, which means it from where they stand; commands run in the project's root. */
  readonly path: (given: string) => string;
  /** Whether a person sits at a terminal and can be asked. */
  readonly interactive: boolean;
  /** Asks the person, and gives back the line; only where one can be asked. */
  readonly ask: (question: string) => Promise<string>;
  /** Aborted by Ctrl-C: what takes long stops and cleans up. */
  readonly interrupted: AbortSignal;
  /** Writes a line for the reader of the result. */
  readonly out: (line: string) => void;
  /** Writes a line for the person who waits: progress, warnings, errors. */
  readonly err: (line: string) => void;
}

/** What a command ends with: 0 when all is well. Anything that is thrown ends with 1. */
export type ExitCode = number;

/** What a shell says of a program that Ctrl-C ended. */
export const INTERRUPTED: ExitCode = 130;
