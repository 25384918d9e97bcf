import { HIDDEN } from '../config/pasted-secret';

/** What every key of LiteLLM looks like; its own messages shorten keys to `sk-...abcd`, which stay. */
const KEY = /\bsk-[\w-]{6,}/g;

/**
 * Keeps secrets out of everything that is printed, written or thrown. It learns them as the run makes them, and has to
 * find them too; lifecycle/redact.ts knows those of the environment's variables, by name, and the shapes of others.
 */
export class Redaction {
  private readonly secrets = new Set<string>();

  /** From now on this never appears. */
  hide(secret: string): void {
    // What is short is no secret, and would tear holes into every text.
    if (secret.length >= 6) this.secrets.add(secret);
  }

  /** Whether a text gives one of the secrets away. */
  found(text: string): boolean {
    return this.spellings().some(spelling => text.includes(spelling));
  }

  redact(text: string): string {
    const known = this.spellings().reduce((rest, spelling) => rest.replaceAll(spelling, HIDDEN), text);
    return known.replace(KEY, `sk-${HIDDEN}`);
  }

  /** As they are, in a URL and in JSON; the longest first, because one may be part of another. */
  private spellings(): string[] {
    const all = [...this.secrets].flatMap(secret => [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
    ]);
    return [...new Set(all)].sort((a, b) => b.length - a.length);
  }
}
