import { environmentVariables } from '../charts/environment-variables';
import { modelledConfig } from '../charts/litellm-config';
import type { Environment } from '../config/environment';
import type { Problem } from '../config/problem';
import { unknownOutputs } from '../contract/outputs';

/** What can only be judged once LiteLLM's configuration is rendered. */
export function configurationProblems(environment: Environment): Problem[] {
  const where = `environments/${environment.name}.ts`;
  return [...takenSettings(environment), ...takenVariables(environment)].map(problem => ({
    where,
    ...problem,
  }));
}

type Found = Omit<Problem, 'where'>;

/** LiteLLM's other ways to name a fallback. Each of them takes time, which catalogue.fallbacks tells everybody on the way. */
const FALLBACKS = ['router_settings', 'litellm_settings'].flatMap(block =>
  ['fallbacks', 'default_fallbacks', 'content_policy_fallbacks'].map(key => `${block}.${key}`),
);

/** Settings that would take another way than the one this project guards, whether or not it renders them now. */
const GUARDED = [
  'environment_variables',
  'general_settings.database_url',
  'litellm_settings.cache_params',
  ...FALLBACKS,
];

/** A setting given as it is, which the environment file models. */
function takenSettings(environment: Environment): Found[] {
  const modelled = modelledConfig(environment);
  const isTaken = (block: string, key: string) =>
    GUARDED.includes(`${block}.${key}`) || Object.hasOwn(modelled[block] ?? {}, key);
  const found = (path: string, given: unknown) => ({
    path: `gateway.settings.${path}`,
    given: JSON.stringify(given),
    message: 'is rendered from other keys of the environment file; change it there',
  });
  return Object.entries(environment.gateway.settings).flatMap(([block, settings]) => {
    const whole = GUARDED.includes(block) || Array.isArray(modelled[block]) || Array.isArray(settings);
    if (whole) return GUARDED.includes(block) || block in modelled ? [found(block, settings)] : [];
    return Object.entries(settings)
      .filter(([key]) => isTaken(block, key))
      .map(([key, value]) => found(`${block}.${key}`, value));
  });
}

/** Variables that AKS injects or that would lead the gateway past its own: the log-ins, and the loader's. */
const PLATFORM_VARIABLES =
  /^(AZURE_(CLIENT_ID|CLIENT_SECRET|TENANT_ID|FEDERATED_TOKEN_FILE|AUTHORITY_HOST)|DATABASE_\w+|DIRECT_URL|REDIS_(URL|HOST|PORT|PASSWORD|USERNAME)|PATH|LD_\w+|PYTHON\w+)$/;

/** A plain variable that the gateway or its platform sets. */
function takenVariables(environment: Environment): Found[] {
  const gateway = { ...environment.gateway, env: {} };
  const own = environmentVariables({ ...environment, gateway }, unknownOutputs).map(({ name }) => name);
  return Object.entries(environment.gateway.env)
    .filter(([name]) => own.includes(name) || PLATFORM_VARIABLES.test(name))
    .map(([name, given]) => ({
      path: `gateway.env.${name}`,
      given: JSON.stringify(given),
      message: 'is set by the gateway or its platform; leave it out',
    }));
}
