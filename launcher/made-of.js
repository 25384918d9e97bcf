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

module.exports = { madeOf };
