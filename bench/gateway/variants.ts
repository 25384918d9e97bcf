import { parse } from 'yaml';
import { environmentOf } from '../../__tests__/helpers/environment';
import { outputs } from '../../__tests__/helpers/render';
import { toYaml } from '../../contract/yaml';
import { changeContainer } from '../../e2e/harness/change';
import { configYaml, type Manifests, manifestsOf } from '../../e2e/harness/manifests';
import { render } from '../../e2e/harness/rendered';
import prod from '../../environments/prod';

/** prod as it is rendered, but with passwords in the place of its identity: here is no Entra. */
export function withWorkers(workers: number): Manifests {
  const environment = environmentOf(
    {
      ...prod,
      postgres: { ...prod.postgres, authentication: 'password' },
      redis: { ...prod.redis, authentication: 'access-key' },
      azureOpenAi: { ...prod.azureOpenAi, authentication: 'key' },
      gateway: { ...prod.gateway, workers },
    },
    'bench',
  );
  return manifestsOf(render(environment, outputs, `${workers}-workers`).objects as never);
}

/** The same, but LiteLLM finds Redis by one URL, as the article had it first. */
export function byRedisUrl(manifests: Manifests): Manifests {
  const config = parse(configYaml(manifests), { version: '1.1' });
  config.litellm_settings.cache_params = { type: 'redis', url: 'os.environ/REDIS_URL' };
  const changed = changeContainer(manifests, ({ env }) => {
    env.push({ name: 'REDIS_URL', value: 'rediss://:$(REDIS_PASSWORD)@$(REDIS_HOST):$(REDIS_PORT)' });
  });
  const configMaps = changed.configMaps.map(configMap =>
    'config.yaml' in configMap.data ? { ...configMap, data: { 'config.yaml': toYaml(config) } } : configMap,
  );
  return { ...changed, configMaps };
}
