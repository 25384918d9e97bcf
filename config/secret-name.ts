import { z } from 'zod';

/** Beginnings of the variables that the gateway, LiteLLM or workload identity set themselves. */
const RESERVED = /^(litellm|azure|database|redis)-/;

/**
 * Name of a secret in Key Vault: lowercase words joined by hyphens, the last one saying what it is, so that it can be
 * taken for nothing else in Terraform or in the container's environment.
 */
export const secretName = z
  .string()
  .max(127)
  .regex(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*-(key|token|secret|password)$/,
    'is no secret name; use lowercase words joined by hyphens that end in -key, -token, -secret or -password, such as opencode-api-key',
  )
  .refine(
    name => !RESERVED.test(name),
    "begins like one of the gateway's own (litellm-, azure-, database-, redis-); put your provider's name in front",
  );

/** The environment variable that carries a secret into the pods: `OPENCODE_API_KEY` for `opencode-api-key`. */
export function variableOf(secret: string): string {
  return terraformNameOf(secret).toUpperCase();
}

/** What a secret is called in Terraform, which takes its value as TF_VAR_opencode_api_key: `opencode_api_key`. */
export function terraformNameOf(secret: string): string {
  return secret.replaceAll('-', '_');
}
