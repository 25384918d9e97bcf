import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Problem, problemsOf } from '../config/problem';
import { type Outputs, outputsSchema, unknownOutputs } from '../contract/outputs';

/**
 * What `cdktf deploy <environment> --outputs-file environments/<environment>.outputs.json` wrote; the unknown outputs
 * before the first deployment.
 * @param folder where the environment files lie
 */
export function readOutputs(
  folder: string,
  environment: string,
): { outputs: Outputs } | { problems: Problem[] } {
  const where = `environments/${environment}.outputs.json`;
  const path = join(folder, `${environment}.outputs.json`);
  if (!existsSync(path)) return { outputs: unknownOutputs };

  // Deploying synthesizes first, and would meet the same file.
  const again = `delete it, then write it anew: cdktf deploy ${environment} --outputs-file ${where}`;
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return { problems: [{ where, path: '', message: `is no JSON (${(error as Error).message}); ${again}` }] };
  }
  if (typeof (content as Record<string, unknown> | null)?.[environment] !== 'object') {
    return { problems: [{ where, path: environment, message: `is missing; ${again}` }] };
  }
  const parsed = z.object({ [environment]: outputsSchema }).safeParse(content);
  return parsed.success
    ? { outputs: parsed.data[environment] as Outputs }
    : { problems: problemsOf(where, parsed.error, content) };
}
