import { type Check, groups } from './check';

/**
 * The checks that were asked for, and what they need.
 * @param only ids or groups; everything when empty
 * @param skip ids or groups; what needs one of them will be skipped too
 */
export function select(
  suite: readonly Check[],
  only: readonly string[],
  skip: readonly string[],
): readonly Check[] {
  const wanted = new Set<string>();
  const add = ({ id, needs = [], after = [] }: Check) => {
    if (wanted.has(id)) return;
    wanted.add(id);
    for (const needed of suite) if ([...needs, ...after].includes(needed.id)) add(needed);
  };
  for (const check of suite) if (only.length === 0 || matches(check, only)) add(check);
  return suite.filter(check => wanted.has(check.id) && !matches(check, skip));
}

function matches({ id }: Check, names: readonly string[]): boolean {
  return names.some(name => id === name || id.startsWith(`${name}.`));
}

/** What is wrong with names that no check or group has, if any. */
export function unknownChecks(suite: readonly Check[], names: readonly string[]): string | undefined {
  const unknown = names.filter(name => !suite.some(check => matches(check, [name])));
  if (unknown.length === 0) return undefined;
  const byGroup = groups
    .map(
      group =>
        `  ${group.padEnd(9)} ${suite
          .filter(check => matches(check, [group]))
          .map(({ id }) => id)
          .join(', ')}`,
    )
    .filter(line => line.includes('.'));
  return `${unknown.map(name => `"${name}"`).join(', ')}: no such check or group; there are\n${byGroup.join('\n')}`;
}
