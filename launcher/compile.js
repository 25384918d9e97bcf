const vm = require('node:vm');
const { digest } = require('./digest');

/** @typedef {import('./cache').Cache} Cache */

/**
 * A script with what it is.
 * @typedef {object} Script
 * @property {string} name
 * @property {string} key changes with the code
 * @property {string} code a function: see MODULE
 */

/** What makes a function of a CommonJS module. It is kept with the script: joining texts of megabytes would copy them. */
const MODULE = { before: '(function (exports, require, module) {', after: '})' };

/**
 * Runs a script as Node runs a CommonJS module, with what V8 compiled of it in an earlier run of the same command: half of
 * a run would be spent compiling.
 * @param {Script} script
 * @param {(path: string) => unknown} load
 * @param {Cache} cache
 * @param {string} command
 * @returns {unknown} what it exports
 */
function evaluate({ name, key, code }, load, cache, command) {
  const compiled = `${name}-${command}${hasOptions() ? '-options' : ''}`;
  // V8 checks its own version and flags, but of the code only the length.
  const compiledKey = digest([key, process.version, process.arch]);
  const cachedData = cache.read(compiled, compiledKey);
  const script = new vm.Script(code, { filename: name, cachedData });
  if (!cachedData || script.cachedDataRejected) {
    process.once('exit', status => {
      if (status === 0) cache.write(compiled, compiledKey, script.createCachedData());
    });
  }
  const module = { exports: {} };
  script.runInThisContext()(module.exports, load, module);
  return module.exports;
}

/** cdktf starts us with options for Node, which make other code void: a person may run us and cdktf in turns. */
function hasOptions() {
  return Boolean(process.env.NODE_OPTIONS) || process.execArgv.length > 0;
}

module.exports = { evaluate, MODULE };
