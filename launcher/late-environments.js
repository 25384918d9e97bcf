const { existsSync } = require('node:fs');
const { isBuiltin } = require('node:module');
const { join } = require('node:path');
const { circleThrough, madeOf } = require('./made-of');

/** @typedef {import('./bundle').Inputs} Inputs */

/**
 * An environment file, which is evaluated when its environment is asked for: another one may be half written.
 * @param {string} name
 */
function evaluateLater(name) {
  const path = JSON.stringify(`./environments/${name}`);
  return `[${JSON.stringify(name)}, () => require(${path}).default],`;
}

/**
 * Environments that cannot be read, as ones that throw why: their file, or one that it imports, is not there or is no
 * TypeScript.
 * @param {readonly string[]} names
 * @param {(name: string) => Promise<unknown>} bundle bundles one alone: of several, esbuild does not say whose a file is
 * @returns {Promise<Map<string, string>>}
 */
async function unreadableEnvironments(names, bundle) {
  /** @param {string} name @returns {Promise<[string, string][]>} */
  const look = async name => {
    try {
      await bundle(name);
      return [];
    } catch (error) {
      const [first] = /** @type {Partial<import('esbuild').BuildFailure>} */ (error).errors ?? [];
      if (!first) throw error;
      const { text, location } = first;
      // What the file system refuses is said of whoever imports it: of our own line.
      const isOurs = !location || location.file === '<stdin>';
      const place = isOurs ? undefined : `${location.file}:${location.line}:${location.column + 1}`;
      return [[name, throwLater(name, text, place)]];
    }
  };
  return new Map((await Promise.all(names.map(look))).flat());
}

/**
 * Environments of files that import a package which is not installed, as ones that throw so: the packages' script would
 * be nobody's otherwise.
 * @param {string} root
 * @param {readonly string[]} names
 * @param {Inputs} inputs
 * @returns {Map<string, string>}
 */
function incompleteEnvironments(root, names, inputs) {
  /** @param {string} file */
  const absent = file =>
    (inputs[file]?.imports ?? []).find(
      ({ path, external }) => external && !isBuiltin(path) && !isInstalled(root, path),
    );
  const found = new Map();
  for (const name of names) {
    const file = [...madeOf(inputs, `environments/${name}.ts`)].find(absent);
    if (!file) continue;
    const text = `${file} imports "${absent(file)?.path}", which is not installed; npm install adds a package`;
    found.set(name, throwLater(name, text));
  }
  return found;
}

/**
 * Environments that are made of environment files which import each other, as ones that throw so: which file is evaluated
 * first, without the others, would depend on the command.
 * @param {readonly string[]} names
 * @param {Inputs} inputs
 * @returns {Map<string, string>}
 */
function circularEnvironments(names, inputs) {
  const found = new Map();
  for (const name of names) {
    const circle = [...madeOf(inputs, `environments/${name}.ts`)]
      .filter(file => file.startsWith('environments/'))
      .map(file => circleThrough(inputs, file))
      .find(Boolean);
    if (!circle) continue;
    const text = `${circle.join(' imports ')}; put what they share into a file that imports none of them`;
    found.set(name, throwLater(name, text));
  }
  return found;
}

/**
 * @param {string} root
 * @param {string} path `yaml`, `@cdktf/provider-azurerm/lib/key-vault`
 */
function isInstalled(root, path) {
  const [name = ''] = /^(@[^/]+\/)?[^/]+/.exec(path) ?? [];
  return existsSync(join(root, 'node_modules', name));
}

/**
 * An environment that cannot be evaluated.
 * @param {string} name
 * @param {string} text why
 * @param {string} [place] file, line and column
 */
function throwLater(name, text, place) {
  const stack = `SyntaxError: ${text}${place ? `\n    at ${place}` : ''}`;
  const thrown = `Object.assign(new SyntaxError(${JSON.stringify(text)}), { stack: ${JSON.stringify(stack)} })`;
  return `[${JSON.stringify(name)}, () => { throw ${thrown}; }],`;
}

module.exports = { circularEnvironments, evaluateLater, incompleteEnvironments, unreadableEnvironments };
