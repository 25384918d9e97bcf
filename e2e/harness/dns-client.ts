import { Resolver } from 'node:dns/promises';

/** A client as patient as a pod's. */
export function client(): Resolver {
  const made = new Resolver({ timeout: 6000, tries: 1 });
  made.setServers(['127.0.0.1']);
  return made;
}

/** The address of a name, or the error in its place. */
export async function answer(name: string): Promise<string> {
  const [address = ''] = await client()
    .resolve4(name)
    .catch(error => [String(error.code)]);
  return address;
}

export async function answers(asked: readonly string[]): Promise<Record<string, string>> {
  return Object.fromEntries(await Promise.all(asked.map(async name => [name, await answer(name)])));
}

export function each(asked: readonly string[], expected: string): Record<string, string> {
  return Object.fromEntries(asked.map(name => [name, expected]));
}
