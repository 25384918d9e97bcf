import { variableOf } from '../config/secret-name';

/** How LiteLLM's config.yaml refers to a Key Vault secret: by the variable that carries it. */
export function fromSecret(name: string): string {
  return `os.environ/${variableOf(name)}`;
}
