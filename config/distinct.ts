/** Whether no two names are the same, as Azure and DNS compare them: without a look at capitals. */
export function areDistinct(names: readonly string[]): boolean {
  return new Set(names.map(name => name.toLowerCase())).size === names.length;
}
