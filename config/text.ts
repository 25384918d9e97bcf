import { credentialKind, HIDDEN, shownKey } from './pasted-secret';
import type { Problem } from './problem';

/** Terraform evaluates these wherever it finds them. */
const TEMPLATE = /[$%]\{/;

/** What is no text, or is half a character: YAML, Azure and Kubernetes refuse or change it. Tabs and line ends are text. */
const NO_TEXT = /[^\P{Cc}\t\n\r]|\p{Cs}/u;

/** What no string of an environment file may be, key or value: a credential, a template of Terraform's, no text. */
export function textProblems(where: string, file: unknown): Problem[] {
  const problems: Problem[] = [];
  const path: string[] = [];
  const look = (text: string, key: string) => {
    const problem = problemOf(text, key);
    if (problem) problems.push({ where, path: path.map(shownKey).join('.'), ...problem });
  };
  /** @param key the last one that is a name, not an index */
  const walk = (value: unknown, key: string) => {
    if (typeof value === 'string') return look(value, key);
    if (typeof value !== 'object' || value === null) return;
    for (const [name, child] of Object.entries(value)) {
      path.push(name);
      if (!Array.isArray(value)) look(name, '');
      walk(child, Array.isArray(value) ? key : name);
      path.pop();
    }
  };
  walk(file, '');
  return problems;
}

function problemOf(text: string, key: string): Pick<Problem, 'given' | 'message'> | undefined {
  const kind = credentialKind(text, key);
  if (kind) {
    const message = `looks like ${kind}, and this file is committed; name a Key Vault secret (apiKeySecret, extensions.secrets), pass its value to Terraform as TF_VAR_<name>, and refer to it as os.environ/<NAME>. If it was ever pushed, revoke it`;
    return { given: HIDDEN, message };
  }
  const holds = TEMPLATE.test(text)
    ? 'a template, which Terraform would evaluate'
    : NO_TEXT.test(text) && 'a control character or half a character';
  return holds ? { given: JSON.stringify(text), message: `holds ${holds}; write plain text` } : undefined;
}
