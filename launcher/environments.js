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
    const own = Object.fromEntries(Object.keys(refusals).map(call => [call, Reflect.get(process, call)]));
    Object.assign(process, refusals);
    const listenAgain = stopListening();
    try {
      const file = modules.get(name)?.();
      return () => file;
    } catch (error) {
      if (error instanceof Error) error.stack = inSources(error.stack ?? '', map());
      return () => {
        throw error;
      };
    } finally {
      listenAgain();
      Object.assign(process, own);
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

/** @type {readonly NodeJS.Signals[]} */
const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Lets Ctrl-C end a file that never ends: what listens to it would be called after the end. Nothing is to be cleaned up yet. */
function stopListening() {
  const listeners = ENDING.map(signal => process.listeners(signal));
  for (const signal of ENDING) process.removeAllListeners(signal);
  return () => {
    for (const [index, signal] of ENDING.entries()) {
      for (const listener of listeners[index] ?? []) process.on(signal, listener);
    }
  };
}

/** A run that ends with 0 and says nothing has succeeded for whoever waits for it. */
const ENDS = 'would end the whole run; leave it out';

/** In place of what concerns the whole process, while an environment file is evaluated. */
const refusals = {
  abort: refusal('abort', ENDS),
  chdir: refusal('chdir', 'would write dist/ elsewhere; use absolute paths'),
  exit: refusal('exit', ENDS),
  kill: refusal('kill', ENDS),
  reallyExit: refusal('reallyExit', ENDS),
};

/**
 * @param {string} call
 * @param {string} why
 */
function refusal(call, why) {
  return function refuse() {
    const error = new Error(`process.${call}, which ${why}`);
    Error.captureStackTrace(error, refuse);
    throw error;
  };
}

module.exports = { environmentFiles };
