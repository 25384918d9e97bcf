import type { Problem } from './problem';

/** Shapes of credentials that people paste, and what each one is. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/^sk-[\w-]{16,}/, 'an API key'],
  [/^(gh[pousr]_\w{30,}|github_pat_\w{30,})/, 'a GitHub token'],
  [/^eyJ[\w-]+\.eyJ[\w-]+\./, 'a JSON web token'],
  [/^[0-9a-f]{32}$|^\w{52}JQQJ99\w+$/, 'an Azure AI key'],
  [/^[A-Za-z0-9+/]{43}=$/, 'an Azure access key'],
  [/:\/\/[^/\s:@]*:[^/\s@]+@/, 'a URL with a password'],
  [/\b(AccountKey|SharedAccessKey|Password|Pwd)=[^;\s]/i, 'a connection string'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
  [/^(Bearer|Basic) \S{8,}/i, 'an authorization header'],
];

/** What credential a string looks like, if any. */
export function credentialKind(value: string): string | undefined {
  return SHAPES.find(([shape]) => shape.test(value))?.[1];
}

/** Every string of an environment file that looks like a credential: a file in git is no place for one. */
export function pastedSecrets(where: string, value: unknown, path: readonly string[] = []): Problem[] {
  if (typeof value === 'string') {
    const kind = credentialKind(value);
    const message = `looks like ${kind}, and this file is committed; name a Key Vault secret here (apiKeySecret, extensions.secrets) and pass its value to Terraform as TF_VAR_<name>. If this one was ever pushed, revoke it`;
    return kind ? [{ where, path: path.join('.'), given: '(hidden)', message }] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => pastedSecrets(where, child, [...path, key]));
}
