/** @typedef {import('./bundle').Inputs} Inputs */

/**
 * A file and all that it imports of ours.
 * @param {Inputs} inputs
 * @param {string} file
 */
function madeOf(inputs, file, found = new Set([file])) {
  for (const { path, external } of inputs[file]?.imports ?? []) {
    if (external || found.has(path)) continue;
    madeOf(inputs, path, found.add(path));
  }
  return found;
}

/**
 * The shortest way by which a file imports itself: the files on it, from and to the file.
 * @param {Inputs} inputs
 * @param {string} file
 * @returns {string[] | undefined}
 */
function circleThrough(inputs, file) {
  const seen = new Set();
  let ways = [[file]];
  while (ways.length > 0) {
    ways = ways.flatMap(way =>
      (inputs[way.at(-1) ?? '']?.imports ?? [])
        .filter(({ path, external }) => !external && !seen.has(path))
        .map(({ path }) => [...way, path]),
    );
    const circle = ways.find(way => way.at(-1) === file);
    if (circle) return circle;
    for (const way of ways) seen.add(way.at(-1));
  }
  return undefined;
}

module.exports = { circleThrough, madeOf };
