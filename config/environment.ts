import { type Deadlines, deriveDeadlines } from './deadlines';
import { deriveEndpoints, type Endpoints } from './endpoints';
import { issueMessage } from './issue-message';
import { listModels, type Model } from './models';
import { deriveNames, environmentName, type Names } from './names';
import { asPlainData } from './plain-data';
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
  const { data, problems: unplain } = asPlainData(where, file);
  const named = environmentName.safeParse(name, { error: issueMessage });
  const parsed = settingsSchema.safeParse(data, { error: issueMessage });
  const told = [...unplain, ...textProblems(where, data)];
  // A credential or a Map is one problem, whatever else it is not.
  const isTold = ({ path }: Problem) =>
    told.some(problem => problem.path === path) || unplain.some(problem => problem.path === '');
  const problems = [
    ...(named.success ? [] : problemsOf(where, named.error, name)),
    ...(parsed.success ? [] : problemsOf(where, parsed.error, data).filter(problem => !isTold(problem))),
    ...told,
  ];
  if (!parsed.success) return { problems };
  const environment = complete(name, parsed.data);
  problems.push(...ownNetworkLinked(where, environment));
  return problems.length > 0 ? { problems } : { environment };
}

/** Its own VNet is linked anyway, and Azure takes no second link. The same names in another subscription are another VNet. */
function ownNetworkLinked(where: string, { names, network, subscriptionId }: Environment): Problem[] {
  const group = `/resourceGroups/${names.resourceGroup}/`;
  const own = `${group}providers/Microsoft.Network/virtualNetworks/${names.virtualNetwork}`.toLowerCase();
  return network.linkedVirtualNetworks.flatMap((given, index) => {
    const id = given.toLowerCase();
    const elsewhere = subscriptionId && !id.startsWith(`/subscriptions/${subscriptionId.toLowerCase()}/`);
    if (elsewhere || !id.endsWith(own)) return [];
    const message =
      "is this environment's own VNet, which is linked anyway; leave it out (or name subscriptionId, if this one is in another)";
    return [{ where, path: `network.linkedVirtualNetworks.${index}`, given: JSON.stringify(given), message }];
  });
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
