const { SourceMap } = require('node:module');

/**
 * A stack of the program with its lines in our sources.
 * @param {string} stack
 * @param {string} code with its source map in it
 */
function inSources(stack, code) {
  const map = new SourceMap(
    JSON.parse(Buffer.from(code.slice(code.lastIndexOf(',') + 1), 'base64').toString()),
  );
  return stack.replaceAll(/program:(\d+):(\d+)/g, (place, line, column) => {
    const entry = map.findEntry(line - 1, column - 1);
    return 'originalSource' in entry
      ? `${entry.originalSource}:${entry.originalLine + 1}:${entry.originalColumn + 1}`
      : place;
  });
}

module.exports = { inSources };
