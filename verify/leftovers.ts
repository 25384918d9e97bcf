import { z } from 'zod';
import type { Result } from './check';
import type { Gateway } from './gateway';
import { madeAt, PREFIX, remove, type Thing } from './made';
import type { Session } from './session';

/** No run lasts longer: what is older was left by one that was killed. */
const HOUR = 60 * 60 * 1000;

const keysSchema = z.object({ keys: z.array(z.object({ key_alias: z.string().nullish() })) });
const usersSchema = z.object({ users: z.array(z.object({ user_id: z.string() })) });
const teamsSchema = z.object({ teams: z.array(z.object({ team_id: z.string() })) });

/** What killed runs left behind, in words; taken away if that is wanted. Nothing where keys could not be made either. */
export async function leftovers(
  { administrator, redaction, signal }: Session,
  results: readonly Result[],
  take: boolean,
): Promise<string[]> {
  const created = results.find(({ check }) => check.id === 'keys.create');
  if (created?.status !== 'passed' || signal.aborted) return [];
  try {
    const things = await find(administrator, new Date());
    if (things.length === 0) return [];
    if (!take) return [`killed runs left ${counted(things)} behind; --remove-leftovers deletes them`];
    const { deleted, problems } = await remove(things, administrator);
    return [
      `${deleted} things that killed runs left behind are deleted`,
      ...problems.map(line => redaction.redact(line)),
    ];
  } catch (error) {
    return [
      `what killed runs left behind could not be listed: ${redaction.redact((error as Error).message)}`,
    ];
  }
}

/** Runs that are under way, other people's among them, are not disturbed. */
async function find(administrator: Gateway, now: Date): Promise<Thing[]> {
  const ask = async <Shape extends z.core.$ZodType>(path: string, shape: Shape) =>
    (await administrator.get(path)).expect(200).as(shape);
  const { keys } = await ask(
    `/key/list?key_alias=${PREFIX}&substring_matching=true&return_full_object=true&size=100`,
    keysSchema,
  );
  const { users } = await ask(`/user/list?user_ids=${PREFIX}&page_size=100`, usersSchema);
  const { teams } = await ask(`/v2/team/list?team_alias=${PREFIX}&page_size=100`, teamsSchema);
  const things: Thing[] = [
    ...keys.map(({ key_alias: name }) => ({ kind: 'key', name: name ?? '' }) as const),
    ...users.map(({ user_id: name }) => ({ kind: 'user', name }) as const),
    ...teams.map(({ team_id: name }) => ({ kind: 'team', name }) as const),
  ];
  return things.filter(({ name }) => now.getTime() - (madeAt(name)?.getTime() ?? now.getTime()) > HOUR);
}

function counted(things: readonly Thing[]): string {
  const kinds = ['key', 'user', 'team'] as const;
  return kinds
    .map(kind => ({ kind, number: things.filter(thing => thing.kind === kind).length }))
    .filter(({ number }) => number > 0)
    .map(({ kind, number }) => `${number} ${kind}${number === 1 ? '' : 's'}`)
    .join(', ');
}
