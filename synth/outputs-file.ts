import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Environment } from '../config/environment';
import { asFileProblem } from '../config/file-problem';
import { issueMessage } from '../config/issue-message';
import { shownKey } from '../config/pasted-secret';
import { type Problem, ProblemsError, problemsOf } from '../config/problem';
import { type Outputs, outputsSchema, unknownOutputs } from '../contract/outputs';
import { deployCommand } from './deploy-command';
import { outputsFile, outputsOf } from './folders';

/**
 * The outputs of a deployment that was before the environment file asked for more.
 */
export function missingOutputs({ name, ingress }: Environment, outputs: Outputs): Problem[] {
  if (ingress.acme.solver !== 'dns01' || outputs.cert_manager_client_id) return [];
  const where = outputsFile(name);
  const message = `is missing: this deployment had no ingress.acme.solver dns01 yet; delete the file, then write it anew: ${deployCommand(name)}`;
  return [{ where, path: `${name}.cert_manager_client_id`, message }];
}

/** The environments whose outputs lie in a folder, which need not be there. */
export function listOutputs(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap(file => outputsOf(file) ?? []);
}

/**
 * What `cdktf deploy <environment> --outputs-file environments/<environment>.outputs.json` wrote; the unknown outputs
 * before the first deployment.
 * @param folder where the environment files lie
 */
export function readOutputs(
  folder: string,
  environment: string,
): { outputs: Outputs } | { problems: Problem[] } {
  const where = outputsFile(environment);
  const path = outputsFile(environment, folder);
  if (!existsSync(path)) return { outputs: unknownOutputs };
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return { problems: unreadable(error, where) };
  }

  // Deploying synthesizes first, and would meet the same file.
  const again = `delete it, then write it anew: ${deployCommand(environment)}`;
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    return { problems: [{ where, path: '', message: `is no JSON (${(error as Error).message}); ${again}` }] };
  }
  if (typeof (content as Record<string, unknown> | null)?.[environment] !== 'object') {
    return {
      problems: [{ where, path: '', message: `holds ${stacksOf(content)} ${environment}; ${again}` }],
    };
  }
  const parsed = z.object({ [environment]: outputsSchema }).safeParse(content, { error: issueMessage });
  return parsed.success
    ? { outputs: parsed.data[environment] as Outputs }
    : { problems: problemsOf(where, parsed.error, content) };
}

/** Whose outputs a file holds, in which there should be an environment's. */
function stacksOf(content: unknown): string {
  const isObject = typeof content === 'object' && content !== null && !Array.isArray(content);
  const names = isObject ? Object.keys(content).map(shownKey) : [];
  return names.length > 0 ? `the outputs of ${names.join(', ')}, not of` : 'no outputs of';
}

/** What the operating system refuses says nothing about what the file holds. */
function unreadable(error: unknown, where: string): Problem[] {
  const found = asFileProblem({ ...(error as object), path: where }, { verb: 'be read' });
  if (!(found instanceof ProblemsError)) throw error;
  return [...found.problems];
}
