const { SourceMap } = require('node:module');

/**
 * A stack of the program with its lines in our sources.
 * @param {string} stack
 * @param {string} [sourceMap] of the program, where it was kept
 */
function inSources(stack, sourceMap) {
  if (!sourceMap) return stack;
  const map = new SourceMap(JSON.parse(sourceMap));
  return stack.replaceAll(/program:(\d+):(\d+)/g, (place, line, column) => {
    const entry = map.findEntry(line - 1, column - 1);
    return 'originalSource' in entry
      ? `${entry.originalSource}:${entry.originalLine + 1}:${entry.originalColumn + 1}`
      : place;
  });
}

module.exports = { inSources };
