import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../config/environment';
import { type EnvironmentFiles, readEnvironment } from '../config/environment-files';
import { type Problem, ProblemsError } from '../config/problem';
import type { Outputs } from '../contract/outputs';
import { invariantProblems } from './findings';
import type { Folders } from './folders';
import { renderManifest, stackFile } from './manifest';
import { listOutputs, missingOutputs, readOutputs } from './outputs-file';
import { configurationProblems } from './rules';
import { type Synthesis, synthesize } from './synthesize';
import { writeLayers } from './write';

export interface RunProps {
  /** Every environment that exists. */
  readonly files: EnvironmentFiles;
  /** Names of the environments to synthesize; empty for all. */
  readonly chosen: readonly string[];
  /** Where the outputs files lie. */
  readonly environmentsFolder: string;
  readonly folders: Folders;
}

export interface RunResult {
  readonly syntheses: readonly Synthesis[];
  /** Environments without a file, whose output is removed. */
  readonly removed: readonly string[];
  /** Environments without a file, whose outputs of a deployment are still there. */
  readonly abandoned: readonly string[];
}

/**
 * Synthesizes the chosen environments and writes all of them, or nothing.
 * @throws ProblemsError with everything that is wrong
 */
export function run({ files, chosen, environmentsFolder, folders }: RunProps): RunResult {
  const all = [...files.keys()].sort();
  const names = namesOf({ files, chosen });
  const { syntheses, problems } = attempt({ files, chosen, environmentsFolder });
  if (problems.length > 0) throw new ProblemsError(problems, 'nothing was written');

  const terraform = new Map(syntheses.flatMap(synthesis => [...synthesis.terraform]));
  // CDKTF's manifest also lists the stacks that an earlier run made of the other environments.
  const exists = (stack: string) =>
    terraform.has(stackFile(stack)) || existsSync(join(folders.terraform, stackFile(stack)));
  const layers = [
    {
      root: folders.terraform,
      pattern: /^stacks\/([^/]+?)(?:-addons)?\/cdk\.tf\.json$/,
      files: new Map([['manifest.json', renderManifest(all, exists)], ...terraform]),
    },
    {
      root: folders.kubernetes,
      pattern: /^([^/]+)\/(?:(?:[^/]+\/)?[^/]+\.yaml|connections\.md)$/,
      files: new Map(syntheses.flatMap(({ kubernetes }) => [...kubernetes])),
    },
  ];
  // An environment that was not chosen keeps its files; one that is gone does not.
  const isGone = (environment: string) => !files.has(environment);
  const changed = writeLayers(layers, environment => names.includes(environment) || isGone(environment));
  return {
    syntheses,
    removed: [...changed].filter(isGone),
    abandoned: listOutputs(environmentsFolder).filter(isGone),
  };
}

/** What a run reads. */
type Sources = Omit<RunProps, 'folders'>;

/**
 * The same in memory alone, for whoever wants to know what a run would write.
 * @param others what is wrong besides, such as with the command's options
 * @throws ProblemsError with everything that is wrong
 */
export function synthesizeChosen(sources: Sources, others: readonly Problem[] = []): Synthesis[] {
  const { syntheses, problems } = attempt(sources);
  if (others.length + problems.length > 0) throw new ProblemsError([...others, ...problems]);
  return syntheses;
}

const NO_ENVIRONMENT: Problem = {
  where: 'environments',
  path: '',
  message: 'holds no environment file; write environments/<environment>.ts',
};

function attempt({ files, chosen, environmentsFolder }: Sources): {
  syntheses: Synthesis[];
  problems: Problem[];
} {
  if ([...files.keys()].length === 0) return { syntheses: [], problems: [NO_ENVIRONMENT] };
  const names = namesOf({ files, chosen });
  const { checked, problems } = check(names, files, environmentsFolder);
  const syntheses = checked.map(({ environment, outputs }) => synthesize(environment, outputs));
  const broken = syntheses.flatMap(({ subject }) => invariantProblems(subject));
  return { syntheses, problems: [...problems, ...broken] };
}

function namesOf({ files, chosen }: Pick<RunProps, 'files' | 'chosen'>): string[] {
  return chosen.length > 0 ? [...new Set(chosen)] : [...files.keys()].sort();
}

interface Checked {
  readonly environment: Environment;
  readonly outputs: Outputs;
}

/** Reads every chosen environment and its outputs, and collects what is wrong with any of them. */
function check(
  names: readonly string[],
  files: EnvironmentFiles,
  environmentsFolder: string,
): { checked: Checked[]; problems: Problem[] } {
  const checked: Checked[] = [];
  const problems: Problem[] = [];
  for (const name of names) {
    const parsed = readEnvironment(name, files);
    const read = readOutputs(environmentsFolder, name);
    if ('problems' in parsed) problems.push(...parsed.problems);
    else problems.push(...configurationProblems(parsed.environment));
    if ('problems' in read) problems.push(...read.problems);
    if ('environment' in parsed && 'outputs' in read) {
      problems.push(...missingOutputs(parsed.environment, read.outputs));
      checked.push({ ...parsed, ...read });
    }
  }
  return { checked, problems };
}
