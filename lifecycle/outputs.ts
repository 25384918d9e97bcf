import { existsSync, readFileSync } from 'node:fs';
import { issueMessage } from '../config/issue-message';
import { ProblemsError, problemsOf } from '../config/problem';
import { writeWhole } from '../config/write-whole';
import { outputsSchema } from '../contract/outputs';
import { outputsFile } from '../synth/folders';

/**
 * Writes what `cdktf deploy <environment> --outputs-file` writes, completely or not at all.
 * @returns whether anything is new
 * @throws ProblemsError if synth could not read it, which would keep every later run from its work, or if it cannot be written
 */
export function recordOutputs(
  folder: string,
  environment: string,
  outputs: Record<string, unknown>,
): boolean {
  const parsed = outputsSchema.safeParse(outputs, { error: issueMessage });
  if (!parsed.success) {
    const problems = problemsOf(`outputs of the stack ${environment}`, parsed.error, outputs);
    throw new ProblemsError(problems, 'nothing was written');
  }
  const file = outputsFile(environment, folder);
  const content = `${JSON.stringify({ [environment]: outputs }, null, 2)}\n`;
  if (existsSync(file) && readFileSync(file, 'utf8') === content) return false;
  writeWhole(file, content);
  return true;
}
