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

/** Headers, variables and settings whose value is a credential whatever it looks like. A lone "secret" is this schema's own key for a secret's name. */
const CREDENTIAL_KEY = /^(authorization|x-api-key|api-key|cookie)$|(^|_)(key|password|token)$|_secret$/i;

/** How a LiteLLM setting refers to a variable, instead of holding the value. */
const REFERENCE = /^os\.environ\/\w+$/;

/**
 * What credential a string looks like, if any.
 * @param key under which it was found
 */
export function credentialKind(value: string, key = ''): string | undefined {
  const shape = SHAPES.find(([pattern]) => pattern.test(value))?.[1];
  const named = CREDENTIAL_KEY.test(key) && value !== '' && !REFERENCE.test(value);
  return shape ?? (named ? `the value of "${key}"` : undefined);
}
