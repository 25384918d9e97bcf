/** A slash as LiteLLM's server reads one: it decodes a path once, and the ingress may not. */
const SLASH = '(/|%2f)+';

/**
 * Closed prefixes as regular expressions (RE2), for controllers that match a path undecoded: `/%6detrics`, `//metrics`
 * and `/v2%2flogin` are what their plain spelling is. Anchored, because some search and others match the whole.
 */
export function closedPatterns(prefixes: readonly string[]): string[] {
  return prefixes.map(prefix => {
    const segments = prefix.split('/').slice(1);
    const spelled = segments.map(segment => [...segment].map(character).join(''));
    return `(?i)^${SLASH}${spelled.join(SLASH)}(${SLASH}.*)?$`;
  });
}

/** Itself, or its percent-encoding. */
function character(plain: string): string {
  const escaped = plain.replace(/[^\w-]/, '[$&]');
  return `(${escaped}|%${plain.charCodeAt(0).toString(16)})`;
}
