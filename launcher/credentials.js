const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const vm = require('node:vm');

/**
 * A message of another program without the credentials that it quotes. Only a run that fails has such a message, and only
 * it pays for the program's own detector, which is needed even if there is no program.
 * @param {string} root
 * @param {string} text
 * @returns {string}
 */
function hideCredentials(root, text) {
  const source = readFileSync(join(root, 'config', 'pasted-secret.ts'), 'utf8');
  const { code } = require('esbuild').transformSync(source, { loader: 'ts', format: 'cjs' });
  const module = { exports: /** @type {any} */ ({}) };
  vm.runInThisContext(`(function (module) {${code}\n})`)(module);
  return module.exports.hideCredentials(text);
}

module.exports = { hideCredentials };
