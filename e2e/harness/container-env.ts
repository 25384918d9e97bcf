import type { EnvVar } from './manifests';
import type { SecretData } from './secrets-store';

/**
 * The environment that a kubelet gives a container: references to Secrets resolved, and `$(NAME)` replaced by variables
 * that come earlier in the list; `$$(NAME)` stands for itself.
 * @throws Error where a kubelet would report CreateContainerConfigError
 */
export function containerEnv(
  variables: readonly EnvVar[],
  secrets: ReadonlyMap<string, SecretData>,
): Record<string, string> {
  const env: Record<string, string> = {};
  for (const { name, value = '', valueFrom } of variables) {
    env[name] = valueFrom ? fromSecret(valueFrom.secretKeyRef, secrets) : expand(value, env);
  }
  return env;
}

function expand(value: string, env: Readonly<Record<string, string>>): string {
  return value.replace(
    /\$(\$\([^)]*\))|\$\(([^)]*)\)/g,
    (whole, escaped, name) => escaped ?? env[name] ?? whole,
  );
}

function fromSecret(
  { name, key }: { name: string; key: string },
  secrets: ReadonlyMap<string, SecretData>,
): string {
  const value = secrets.get(name)?.[key];
  if (value === undefined) throw new Error(`CreateContainerConfigError: no key ${key} in Secret ${name}`);
  return value;
}
