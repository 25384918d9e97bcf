import type { Extensions } from '../config/extensions';
import { fromSecret } from './litellm-secret';

type Entry = Record<string, unknown>;

/** `mcp_servers`, by name. */
export function mcpServers(servers: Extensions['mcpServers']): Record<string, Entry> {
  const entries = Object.entries(servers).map(([name, { url, transport, auth }]) => [
    name,
    {
      url,
      transport,
      ...(auth && { auth_type: auth.type, authentication_token: fromSecret(auth.secret) }),
    },
  ]);
  return Object.fromEntries(entries);
}

/** `guardrails`, in the order to run. */
export function guardrails(list: Extensions['guardrails']): Entry[] {
  return list.map(({ name, guardrail, mode, defaultOn, apiKeySecret, options }) => ({
    guardrail_name: name,
    litellm_params: {
      ...options,
      guardrail,
      mode,
      default_on: defaultOn,
      ...(apiKeySecret && { api_key: fromSecret(apiKeySecret) }),
    },
  }));
}
