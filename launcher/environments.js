const { inSources } = require('./stack');

/** @typedef {import('../config/problem').Problem} Problem */

/**
 * The environment files as the program gets them: each is evaluated when it is asked for, and once.
 * @param {ReadonlyMap<string, () => unknown>} modules
 * @param {ReadonlyMap<string, readonly Problem[]>} mistakes in their types
 * @param {() => string | undefined} map source map of the program
 * @returns {import('../config/environment-files').EnvironmentFiles}
 */
function environmentFiles(modules, mistakes, map) {
  /** @type {Map<string, () => unknown>} */
  const evaluated = new Map();
  /** @param {string} name */
  const evaluate = name => {
    const { exit } = process;
    process.exit = refuseExit;
    try {
      const file = modules.get(name)?.();
      return () => file;
    } catch (error) {
      if (error instanceof Error) error.stack = inSources(error.stack ?? '', map());
      return () => {
        throw error;
      };
    } finally {
      process.exit = exit;
    }
  };
  return {
    keys: () => modules.keys(),
    has: name => modules.has(name),
    get: name => {
      const result = evaluated.get(name) ?? evaluate(name);
      evaluated.set(name, result);
      return result();
    },
    mistakes: name => mistakes.get(name) ?? [],
  };
}

/**
 * In place of process.exit: a run that ends with 0 and says nothing has succeeded for whoever waits for it.
 * @returns {never}
 */
function refuseExit() {
  const error = new Error('process.exit, which would end the whole run; leave it out');
  Error.captureStackTrace(error, refuseExit);
  throw error;
}

module.exports = { environmentFiles };
