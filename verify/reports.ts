import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { CannotRun } from './cannot-run';
import type { Options } from './options';
import { toJson } from './reporters/json';
import { toJUnit } from './reporters/junit';
import type { Summary } from './summary';

/**
 * Looks before the run whether its reports can be written.
 * @throws CannotRun
 */
export function checkReports({ junit }: Pick<Options, 'junit'>): void {
  if (junit === undefined || existsSync(dirname(junit))) return;
  throw new CannotRun(`--junit ${junit}: there is no folder ${dirname(junit)}`);
}

/** Writes what programs read. */
export function writeReports(
  summary: Summary,
  { json, junit }: Pick<Options, 'json' | 'junit'>,
  out: (line: string) => void,
): void {
  if (json) out(toJson(summary));
  if (junit === undefined) return;
  // Whole or not at all: a CI system may look at any time.
  const unfinished = `${junit}.${process.pid}.tmp`;
  writeFileSync(unfinished, toJUnit(summary));
  renameSync(unfinished, junit);
}
