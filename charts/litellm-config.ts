import type { Environment } from '../config/environment';
import { guardrails, mcpServers } from './litellm-extensions';
import { modelList } from './litellm-models';
import { generalSettings, litellmSettings, routerSettings } from './litellm-settings';

/** A block of config.yaml. */
type Block = Record<string, unknown> | readonly unknown[];

/**
 * The part of LiteLLM's config.yaml that the environment file models. Every `os.environ/X` in it is a variable of the
 * container.
 */
export function modelledConfig(environment: Environment): Record<string, Block> {
  const { mcpServers: servers, guardrails: guards } = environment.extensions;
  return {
    model_list: modelList(environment),
    general_settings: generalSettings(environment),
    litellm_settings: litellmSettings(environment),
    router_settings: routerSettings(environment),
    ...(Object.keys(servers).length > 0 && { mcp_servers: mcpServers(servers) }),
    ...(guards.length > 0 && { guardrails: guardrails(guards) }),
  };
}

/** The whole of config.yaml: what the environment file models, and `gateway.settings` as it is. */
export function litellmConfig(environment: Environment): Record<string, Block> {
  const config = modelledConfig(environment);
  for (const [block, settings] of Object.entries(environment.gateway.settings)) {
    config[block] = Array.isArray(settings) ? settings : { ...config[block], ...settings };
  }
  return config;
}
