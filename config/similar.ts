/** The name that was most probably meant, if one is near: an abbreviation, or the same but for a slip of the fingers. */
export function similar(given: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map(name => ({ name, slips: isBeginning(given, name) ? 0 : slipsBetween(given, name) }))
    .filter(({ name, slips }) => slips <= Math.max(1, Math.floor(name.length / 3)))
    .sort((a, b) => a.slips - b.slips);
  return ranked[0]?.name;
}

/** `production` for `prod`, or the other way round. */
function isBeginning(given: string, name: string): boolean {
  return Math.min(given.length, name.length) > 1 && (given.startsWith(name) || name.startsWith(given));
}

/** How many letters are too many, missing, others, or in each other's place. */
function slipsBetween(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    rows.push(current);
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current.push(
        Math.min(
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          at(row - 1, column - 1) + (isSame ? 0 : 1),
          isSwapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
  }
  return at(a.length, b.length);
}
