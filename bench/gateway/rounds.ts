/**
 * Measures several things in turn, so that whatever else the machine does meets all of them alike. The first round fills
 * caches and does not count.
 */
export async function inTurn<Name extends string, Value>(
  rounds: number,
  measure: (round: number) => Promise<Record<Name, Value>>,
): Promise<Record<Name, Value[]>> {
  await measure(0);
  const samples: Record<Name, Value>[] = [];
  for (let round = 1; round <= rounds; round++) samples.push(await measure(round));
  const names = Object.keys(samples[0] ?? {}) as Name[];
  const entries = names.map(name => [name, samples.map(sample => sample[name])]);
  return Object.fromEntries(entries);
}
