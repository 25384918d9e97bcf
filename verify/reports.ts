import { writeWhole } from '../config/write-whole';
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
  if (junit !== undefined) writeWhole(junit, toJUnit(summary));
}
