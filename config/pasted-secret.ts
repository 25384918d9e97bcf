/** In place of what is never shown. */
export const HIDDEN = '(hidden)';

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
  // Who knows it may call people: Slack's, Teams', PagerDuty's, and those of Azure's workflows and functions.
  [
    /^https:\/\/(hooks\.slack\.com|[\w.-]+\.webhook\.office\.com|events\.(eu\.)?pagerduty\.com\/integration)\/|[?&](sig|code|apiKey)=./i,
    'the address of a webhook',
  ],
];

/** Headers, variables and settings whose value is a credential whatever it looks like. A lone "secret" is this schema's own key for a secret's name. */
const CREDENTIAL_KEY =
  /^(authorization|x-api-key|api-key|cookie)$|(^|_)(key|password|token)$|_secret$|(^|_)webhook(_url)?$/i;

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

/** A quoted text, which TypeScript cuts off when it is long, with the key in front of it; or else a word. */
const QUOTED_OR_WORD =
  /(?:([\w-]+)["']?: )?"((?:[^"\\\n]|\\.)*?)(?:"|(?=\.\.\.'))|'([^'"\n]*)'|[^\s'"`,;(){}[\]]+/g;

/**
 * What another program says of an environment file, without the credentials that it quotes. The launcher loads this file
 * alone: it imports nothing.
 */
export function hideCredentials(message: string): string {
  return message.replace(QUOTED_OR_WORD, (found: string, key?: string, text?: string, name?: string) => {
    const value = text ?? name ?? found;
    // Of what is cut off the shape is, too.
    const isCutOff = text !== undefined && !found.endsWith('"');
    return isCutOff || credentialKind(value, key) ? found.replace(value, HIDDEN) : found;
  });
}
