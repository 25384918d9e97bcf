import { type Deadlines, deriveDeadlines } from './deadlines';
import { deriveEndpoints, type Endpoints } from './endpoints';
import { issueMessage } from './issue-message';
import { listModels, type Model } from './models';
import { deriveNames, environmentName, type Names } from './names';
import { type Problem, problemsOf } from './problem';
import { listSecrets, type Secret } from './secrets';
import { type Settings, settingsSchema } from './settings';
import { textProblems } from './text';

/** An environment file, checked and completed, with everything that follows from it alone. */
export interface Environment extends Omit<Settings, 'names'> {
  /** The file's name without its ending. */
  readonly name: string;
  readonly names: Names;
  readonly endpoints: Endpoints;
  readonly deadlines: Deadlines;
  /** Every model served, aliases included. */
  readonly models: readonly Model[];
  /** Every secret needed, and no other. */
  readonly secrets: readonly Secret[];
}

/** Reads one environment; never throws. */
export function parseEnvironment(
  name: string,
  file: unknown,
): { environment: Environment } | { problems: Problem[] } {
  const where = `environments/${name}.ts`;
  const named = environmentName.safeParse(name, { error: issueMessage });
  const parsed = settingsSchema.safeParse(file, { error: issueMessage });
  const problems = [
    ...(named.success ? [] : problemsOf(where, named.error, name)),
    ...(parsed.success ? [] : problemsOf(where, parsed.error, file)),
    ...textProblems(where, file),
  ];
  return parsed.success && problems.length === 0
    ? { environment: complete(name, parsed.data) }
    : { problems };
}

function complete(name: string, settings: Settings): Environment {
  const { organization, location, catalogue, azureOpenAi } = settings;
  const names = deriveNames(name, `${organization}/${name}/${location}`, settings.names);
  return {
    ...settings,
    name,
    names,
    endpoints: deriveEndpoints(names, location),
    deadlines: deriveDeadlines(settings),
    models: listModels(catalogue, azureOpenAi),
    secrets: listSecrets(settings),
  };
}
