import { closest, distance } from 'fastest-levenshtein';

/** The name that was most probably meant: one that begins alike (`production` for `prod`), or has half of its letters right. */
export function similar(given: string, known: readonly string[]): string | undefined {
  if (given.length < 2 || known.length === 0) return undefined;
  const nearest = closest(given, known);
  const isNear = given.startsWith(nearest) || distance(given, nearest) <= nearest.length / 2;
  return known.find(name => name.startsWith(given)) ?? (isNear ? nearest : undefined);
}
