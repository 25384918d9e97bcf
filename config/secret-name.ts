import { z } from 'zod';

/** Name of a secret in Key Vault: lowercase words joined by hyphens. The pods see `OPENCODE_API_KEY` for `opencode-api-key`. */
export const secretName = z
  .string()
  .regex(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    'is no secret name; use lowercase words joined by hyphens, such as opencode-api-key',
  )
  .max(127);

/** The environment variable that carries a secret into the pods. */
export function variableOf(secret: string): string {
  return secret.toUpperCase().replaceAll('-', '_');
}
