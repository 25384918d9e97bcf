import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { outputsFile } from '../synth/folders';

/**
 * Writes what `cdktf deploy <environment> --outputs-file` writes, completely or not at all.
 * @returns whether anything is new
 */
export function recordOutputs(
  folder: string,
  environment: string,
  outputs: Record<string, unknown>,
): boolean {
  const file = outputsFile(environment, folder);
  const content = `${JSON.stringify({ [environment]: outputs }, null, 2)}\n`;
  if (existsSync(file) && readFileSync(file, 'utf8') === content) return false;
  writeFileSync(`${file}.new`, content);
  renameSync(`${file}.new`, file);
  return true;
}
