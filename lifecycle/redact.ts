/** Variables whose values are credentials, by their names: Terraform's inputs, and what the tools log in with. */
const CREDENTIAL_VARIABLE = /^TF_VAR_|(KEY|TOKEN|SECRET|PASSWORD|CREDENTIALS?)$/i;

/** Shorter values are words: to hide "true" would hide half of a log. */
const SHORTEST = 8;

/** Credentials that no variable told us, wherever they stand in a line. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/\bsk-[\w-]{16,}/g, '(hidden: API key)'],
  [/\beyJ[\w-]{8,}\.eyJ[\w-]+(\.[\w-]*)?/g, '(hidden: token)'],
  [/(:\/\/[^/\s:@]*:)[^/\s@]+@/g, '$1(hidden)@'],
  [/\b((?:AccountKey|SharedAccessKey|Password|Pwd)=)[^;\s"']+/gi, '$1(hidden)'],
];

/** Takes the credentials out of what a tool printed. */
export type Redact = (text: string) => string;

/** Knows the credentials of these environment variables, by each of their lines, and the shapes of others. */
export function redactor(env: Readonly<Record<string, string | undefined>>): Redact {
  const known = Object.entries(env)
    .filter(([name]) => CREDENTIAL_VARIABLE.test(name))
    .flatMap(([name, value = '']) => value.split(/\r?\n/).map(line => ({ name, line: line.trim() })))
    .filter(({ line }) => line.length >= SHORTEST)
    // The longest first: one value may be the beginning of another.
    .sort((a, b) => b.line.length - a.line.length);
  return text => {
    const named = known.reduce(
      (line, secret) => line.replaceAll(secret.line, `(hidden: ${secret.name})`),
      text,
    );
    return SHAPES.reduce((line, [shape, replacement]) => line.replace(shape, replacement), named);
  };
}
