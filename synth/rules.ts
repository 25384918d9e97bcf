import { environmentVariables } from '../charts/environment-variables';
import { litellmConfig, modelledConfig } from '../charts/litellm-config';
import type { Environment } from '../config/environment';
import type { Problem } from '../config/problem';
import { unknownOutputs } from '../contract/outputs';

/** What can only be judged once LiteLLM's configuration is rendered. */
export function configurationProblems(environment: Environment): Problem[] {
  const where = `environments/${environment.name}.ts`;
  return [
    ...takenSettings(environment),
    ...takenVariables(environment),
    ...variablesWithoutSource(environment),
  ].map(problem => ({ where, ...problem }));
}

type Found = Omit<Problem, 'where'>;

/** A setting given as it is, which the environment file models. */
function takenSettings(environment: Environment): Found[] {
  const modelled = modelledConfig(environment);
  return Object.entries(environment.gateway.settings).flatMap(([block, settings]) =>
    Object.entries(settings)
      .filter(([key]) => block === 'model_list' || key in (modelled[block] ?? {}))
      .map(([key, value]) => ({
        path: `gateway.settings.${block}.${key}`,
        given: JSON.stringify(value),
        message: 'is rendered from other keys of the environment file; change it there',
      })),
  );
}

/** A plain variable that the gateway sets itself. */
function takenVariables(environment: Environment): Found[] {
  const gateway = { ...environment.gateway, env: {} };
  const own = environmentVariables({ ...environment, gateway }, unknownOutputs).map(({ name }) => name);
  return Object.entries(environment.gateway.env)
    .filter(([name]) => own.includes(name))
    .map(([name, given]) => ({
      path: `gateway.env.${name}`,
      given: JSON.stringify(given),
      message: 'is set by the gateway itself; leave it out',
    }));
}

/** An `os.environ/X` for which the container has no X. */
function variablesWithoutSource(environment: Environment): Found[] {
  const known = environmentVariables(environment, unknownOutputs).map(({ name }) => name);
  const references = JSON.stringify(litellmConfig(environment)).matchAll(/os\.environ\/(\w+)/g);
  return [...new Set([...references].map(([, name]) => name ?? ''))]
    .filter(name => !known.includes(name))
    .map(name => ({
      path: 'gateway.settings',
      given: `os.environ/${name}`,
      message: `has no source; add ${name} to gateway.env, or use one of ${known.join(', ')}`,
    }));
}
