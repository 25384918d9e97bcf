import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Gateway } from './gateway';
import type { Redaction } from './redaction';
import { Unexpected } from './unexpected';

/** What everything that a run makes is called by; what is left of a killed run is found by it. */
export const PREFIX = 'litellm-aks-verify';

/** A key that outlives its run ends by itself. */
const LIFETIME = '1h';

const keySchema = z.object({ key: z.string().startsWith('sk-') });

/** The kinds of things that a run makes, in the order to delete them. */
const kinds = {
  key: { path: '/key/delete', list: 'key_aliases' },
  user: { path: '/user/delete', list: 'user_ids' },
  team: { path: '/team/delete', list: 'team_ids' },
} as const;

type Kind = keyof typeof kinds;

export interface Thing {
  readonly kind: Kind;
  /** Alias of a key, id of a team or user: chosen here, so that it can be deleted even if the answer never came. */
  readonly name: string;
}

/** `litellm-aks-verify-20261122T183000Z-4f1c`: when it started, and something to tell two runs apart. */
export function runId(now: Date): string {
  return `${PREFIX}-${now.toISOString().replace(/[-:]|\.\d+/g, '')}-${randomBytes(2).toString('hex')}`;
}

/** When a run started that made a thing; undefined for a thing of anybody else's. */
export function madeAt(name: string): Date | undefined {
  const [, year, month, day, hour, minute, second] =
    new RegExp(`^${PREFIX}-(\\d{4})(\\d{2})(\\d{2})T(\\d{2})(\\d{2})(\\d{2})Z-`).exec(name) ?? [];
  return year ? new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) : undefined;
}

/** Makes keys, teams and users, and remembers them until they are deleted. */
export class Made {
  private readonly things = new Map<string, Thing>();

  constructor(
    private readonly run: string,
    private readonly administrator: Gateway,
    private readonly redaction: Redaction,
  ) {}

  /** A virtual key. */
  async key(label: string, settings: object): Promise<string> {
    const name = this.remember('key', label);
    const answer = await this.administrator.post('/key/generate', {
      key_alias: name,
      duration: LIFETIME,
      ...settings,
    });
    const { key } = answer.expect(200).as(keySchema);
    this.redaction.hide(key);
    return key;
  }

  /** The id of a team. */
  async team(label: string, settings: object): Promise<string> {
    const name = this.remember('team', label);
    (await this.administrator.post('/team/new', { team_id: name, team_alias: name, ...settings })).expect(
      200,
    );
    return name;
  }

  /** The id of a user. */
  async user(label: string, settings: object): Promise<string> {
    const name = this.remember('user', label);
    (
      await this.administrator.post('/user/new', { user_id: name, auto_create_key: false, ...settings })
    ).expect(200);
    return name;
  }

  /** What a thing of this run is called. */
  name(label: string): string {
    return `${this.run}-${label}`;
  }

  /**
   * Deletes everything that is left.
   * @returns how much it was
   * @throws Unexpected with what could not be deleted
   */
  async deleteAll(): Promise<number> {
    const things = [...this.things.values()];
    const { deleted, problems } = await remove(things, this.administrator);
    if (problems.length > 0) throw new Unexpected(problems.join('; '));
    this.things.clear();
    return deleted;
  }

  /** Before it is asked for: an answer that is lost on its way is no reason to leave something behind. */
  remember(kind: Kind, label: string): string {
    const name = this.name(label);
    this.things.set(name, { kind, name });
    return name;
  }
}

/** Deletes things, and says in words which ones could not be. What is already gone is no problem. */
export async function remove(
  things: readonly Thing[],
  administrator: Gateway,
): Promise<{ deleted: number; problems: string[] }> {
  const order = Object.keys(kinds);
  const sorted = [...things].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  const problems: string[] = [];
  let deleted = 0;
  // One by one: LiteLLM deletes none of a list of which one is missing.
  for (const { kind, name } of sorted) {
    const { path, list } = kinds[kind];
    const answer = await administrator.post(path, { [list]: [name] }).catch((error: Error) => error);
    if ('status' in answer && answer.status === 200) deleted++;
    else if (!('status' in answer && answer.status === 404)) {
      problems.push(`${kind} ${name} is left: ${'summary' in answer ? answer.summary : answer.message}`);
    }
  }
  return { deleted, problems };
}
