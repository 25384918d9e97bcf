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
  /^(authorization|x-api-key|api-key|cookie)$|(^|_)(key|password|token)$|_secret$|(^|_)webhook(_?url)?$/i;

/** The same in camel case: apiKey is api_key. What ends in KeySecret is this schema's own key for a secret's name. */
const LAST_HUMP = /(?<=[a-z\d])(?=(Key|Password|Token|(?<!Key)Secret|Webhook(Url)?)$)/;

/** How a LiteLLM setting refers to a variable, instead of holding the value. */
const REFERENCE = /^os\.environ\/\w+$/;

/**
 * What credential a string looks like, if any.
 * @param key under which it was found
 */
export function credentialKind(value: string, key = ''): string | undefined {
  const shape = SHAPES.find(([pattern]) => pattern.test(value))?.[1];
  const named = CREDENTIAL_KEY.test(key.replace(LAST_HUMP, '_')) && value !== '' && !REFERENCE.test(value);
  return shape ?? (named ? `the value of "${key}"` : undefined);
}

/** A key, unless somebody pasted a credential in its place. */
export function shownKey(key: string): string {
  return credentialKind(key) ? HIDDEN : key;
}

/**
 * What a message consists of, as far as it matters here. TypeScript quotes a type with the marks that strings within it
 * have too: what comes before a mark says which one it is.
 */
const TOKENS = new RegExp(
  [
    // The end of what was said of a key.
    /(?<end>;|\bTS\d+:)/,
    /["']?(?<key>[\w-]+)["']?\??: /,
    /\bproperty '(?<property>[\w-]+)'/,
    // A string, which TypeScript cuts off when it is long.
    /(?<quote>["`]|(?<=[:|&,>=] |[[(<])')(?<text>(?:(?!\k<quote>)[^\\\n]|\\.)*?)(?<close>\k<quote>|(?=\.\.\.'))/,
    // A name or a plain type.
    /(?<=\w )'(?<name>[^'"`{[(<|\n]*)'/,
    /(?<word>[^\s'"`,;(){}[\]]+)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

/**
 * What another program says of an environment file, without the credentials that it quotes. The launcher loads this file
 * alone: it imports nothing.
 * @param about the key that all of it is about
 */
export function hideCredentials(message: string, about = ''): string {
  // Strings belong to the key that was named last: there may be several, of a list or a union.
  let current = about;
  return message.replace(TOKENS, (found, ...rest) => {
    const { end, key, property, quote = '', text, close, name, word } = rest.at(-1) as Tokens;
    if (end !== undefined) current = about;
    else current = key ?? property ?? current;
    // Of what is cut off the shape is, too.
    if (text !== undefined) {
      return close === '' || credentialKind(text, current) ? `${quote}${HIDDEN}${close}` : found;
    }
    const other = key ?? property ?? name ?? word ?? '';
    return credentialKind(other) ? found.replace(other, HIDDEN) : found;
  });
}

type Tokens = Readonly<
  Partial<Record<'end' | 'key' | 'property' | 'quote' | 'text' | 'close' | 'name' | 'word', string>>
>;
