const vm = require('node:vm');
const { digest } = require('./digest');

/** @typedef {import('./cache').Cache} Cache */

/**
 * What the program imports of node_modules, as a script.
 * @typedef {object} Packages
 * @property {string} key changes with the code
 * @property {Buffer} code
 */

/**
 * Functions that load a package each, by what is imported.
 * @typedef {Readonly<Record<string, () => unknown>>} Loaders
 */

/**
 * Compiles the packages, or takes from V8 what it compiled in an earlier run of the same command: half of a run would be
 * spent on it.
 * @param {Packages} packages
 * @param {Cache} cache
 * @param {string} command
 * @returns {Loaders}
 */
function compilePackages({ key, code }, cache, command) {
  const name = `compiled-${command}`;
  // V8 checks its own version and flags, but of the code only the length.
  const codeKey = digest([key, process.version, process.arch]);
  const cachedData = cache.read(name, codeKey);
  // esbuild writes ASCII only, and a string of one byte per character needs no decoding.
  const { script, exports } = evaluate('packages', code.toString('latin1'), require, cachedData);
  if (!cachedData || script.cachedDataRejected) {
    process.once('exit', status => {
      if (status === 0) cache.write(name, codeKey, script.createCachedData());
    });
  }
  return /** @type {Loaders} */ (exports);
}

/**
 * @param {string} code
 * @param {Loaders} packages
 * @returns {typeof import('../main') & { environments: import('../config/environment-files').EnvironmentFiles }}
 */
function compileProgram(code, packages) {
  /** @param {string} path */
  const load = path => (packages[path] ?? (() => require(path)))();
  return /** @type {any} */ (evaluate('program', code, load).exports);
}

/**
 * Runs a script as Node runs a CommonJS module.
 * @param {string} filename
 * @param {string} code
 * @param {(path: string) => unknown} load
 * @param {Buffer} [cachedData]
 */
function evaluate(filename, code, load, cachedData) {
  const script = new vm.Script(`(function (exports, require, module) {${code}\n})`, { filename, cachedData });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, load, module);
  return { script, exports: module.exports };
}

module.exports = { compilePackages, compileProgram };
