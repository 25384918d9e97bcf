import { credentialKind, HIDDEN, shownKey } from './pasted-secret';
import type { Problem } from './problem';

/** Terraform evaluates these wherever it finds them. */
const TEMPLATE = /[$%]\{/;

/** What is no text, or is half a character: YAML, Azure and Kubernetes refuse or change it. Tabs and line ends are text. */
const NO_TEXT = /[^\P{Cc}\t\n\r]|\p{Cs}/u;

/** What no string of an environment file may be, key or value: a credential, a template of Terraform's, no text. */
export function textProblems(where: string, file: unknown): Problem[] {
  return strings(file).flatMap(({ path, key, value }) => {
    const kind = credentialKind(value, key);
    const found = (given: string, message: string) => [{ where, path: path.join('.'), given, message }];
    if (kind) {
      const message = `looks like ${kind}, and this file is committed; name a Key Vault secret (apiKeySecret, extensions.secrets), pass its value to Terraform as TF_VAR_<name>, and refer to it as os.environ/<NAME>. If it was ever pushed, revoke it`;
      return found(HIDDEN, message);
    }
    if (TEMPLATE.test(value)) {
      return found(
        JSON.stringify(value),
        'holds a template, which Terraform would evaluate; write plain text',
      );
    }
    if (NO_TEXT.test(value)) {
      return found(JSON.stringify(value), 'holds a control character or half a character; write plain text');
    }
    return [];
  });
}

interface Found {
  readonly path: readonly string[];
  /** The last key of the path that is a name, not an index. */
  readonly key: string;
  readonly value: string;
}

function strings(value: unknown, path: readonly string[] = [], key = ''): Found[] {
  if (typeof value === 'string') return [{ path, key, value }];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => strings(item, [...path, `${index}`], key));
  return Object.entries(value).flatMap(([name, child]) => {
    const below = [...path, shownKey(name)];
    return [{ path: below, key: '', value: name }, ...strings(child, below, name)];
  });
}
