import { randomBytes } from 'node:crypto';

export const MASTER_KEY = 'sk-master-0123456789';

/** What LiteLLM answers in place of what was asked for. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

interface Key {
  readonly alias: string;
  models: string[];
  readonly team?: string;
  readonly rpm?: number;
  readonly budget?: number;
  readonly expires: number;
  requests: number;
  spend: number;
}

/** A key without limits. */
export function plainKey(alias: string): Key {
  return { alias, models: [], expires: Number.POSITIVE_INFINITY, requests: 0, spend: 0 };
}

/** What LiteLLM's database knows of keys, teams and users. */
export class FakeKeys {
  readonly keys = new Map<string, Key>();
  readonly teams = new Map<string, string[]>();
  readonly users = new Map<string, string>();

  // biome-ignore lint/suspicious/noExplicitAny: bodies of an API that this project does not own
  make({ key_alias, models = [], duration, rpm_limit, max_budget, team_id }: any): string {
    const token = `sk-${randomBytes(12).toString('hex')}`;
    // Nobody wants to wait for a whole second.
    const expires = duration === '1s' ? Date.now() + 10 : Number.POSITIVE_INFINITY;
    const limits = { team: team_id, rpm: rpm_limit, budget: max_budget };
    this.keys.set(token, { ...plainKey(key_alias), ...limits, models, expires });
    return token;
  }

  delete(tokens: readonly string[] = [], aliases: readonly string[] = []): string[] {
    const found = [...this.keys].filter(
      ([token, { alias }]) => tokens.includes(token) || aliases.includes(alias),
    );
    if (found.length === 0) throw new Refusal(404, 'internal_server_error', 'No keys found');
    for (const [token] of found) this.keys.delete(token);
    return [...tokens, ...aliases];
  }

  find(token: string | undefined): Key {
    if (token === undefined) throw new Refusal(401, 'auth_error', 'No api key passed in.');
    const key = this.keys.get(token);
    if (!key) throw new Refusal(401, 'token_not_found_in_db', 'Invalid proxy server token passed.');
    if (key.expires < Date.now()) throw new Refusal(401, 'expired_key', 'Expired Key.');
    return key;
  }

  /** Lets a key use a model, in LiteLLM's order of questions. */
  admit(key: Key, model: string): void {
    const allowed = key.team ? (this.teams.get(key.team) ?? []) : key.models;
    if (allowed.length > 0 && !allowed.includes(model)) {
      throw new Refusal(
        403,
        key.team ? 'team_model_access_denied' : 'key_model_access_denied',
        'not allowed',
      );
    }
    if (key.budget !== undefined && key.spend >= key.budget) {
      throw new Refusal(429, 'budget_exceeded', 'Budget has been exceeded!');
    }
    if (key.rpm !== undefined && ++key.requests > key.rpm) {
      throw new Refusal(429, 'throttling_error', 'Rate limit exceeded');
    }
  }

  administrator(token: string | undefined): void {
    if (token === MASTER_KEY) return;
    this.find(token);
    throw new Refusal(401, 'auth_error', 'Only proxy admin can be used');
  }
}
