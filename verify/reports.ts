import { renameSync, writeFileSync } from 'node:fs';
import type { Options } from './options';
import { toJson } from './reporters/json';
import { toJUnit } from './reporters/junit';
import type { Summary } from './summary';

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
