const { join } = require('node:path');
const { openCache } = require('./cache');
const { evaluate } = require('./compile');
const { digest, digestFiles } = require('./digest');
const { environmentFiles } = require('./environments');
const { listSources } = require('./sources');
const { inSources } = require('./stack');

/** @typedef {typeof import('../main') & { environments: ReadonlyMap<string, () => unknown> }} Exports */

/**
 * Our own sources as a script.
 * @typedef {object} Program
 * @property {import('./compile').Script} script exports `main` and `environments`
 * @property {string[]} imports what it requires of node_modules
 * @property {import('./mistakes').Mistakes | Promise<import('./mistakes').Mistakes>} mistakes in its types
 * @property {() => string | undefined} map its source map
 */

/** Root of the checkout. */
const root = join(__dirname, '..');

const cache = openCache(join(root, 'node_modules', '.cache', 'litellm-aks'));

/**
 * Runs a command line with the program that the sources make now.
 * @param {readonly string[]} args
 */
async function launch(args) {
  // When nothing is left to do: taking the heap apart, object by object, would take a fortieth of the run.
  process.once('beforeExit', () => process.exit());
  try {
    await run(args);
  } catch (error) {
    report(error);
    process.exitCode = 1;
  }
}

/** @param {readonly string[]} args */
async function run(args) {
  const cwd = process.cwd();
  // dist/, the outputs files and the logs lie below the root, wherever one stands.
  process.chdir(root);
  const command = /^\w+$/.exec(args[0] ?? '')?.[0] ?? 'program';
  const { script, imports, mistakes, map } = await currentProgram();
  const loaders = /** @type {Record<string, () => unknown>} */ (
    evaluate(await currentPackages(imports), require, cache, command)
  );
  const wrong = await mistakes;
  if (wrong.program.length > 0) {
    const { hideCredentials } = require('./credentials');
    console.error(hideCredentials(root, wrong.program.join('\n')));
    console.error('\nError: the types are wrong, nothing was run');
    process.exitCode = 1;
    return;
  }
  try {
    /** @param {string} path */
    const load = path => (loaders[path] ?? (() => require(path)))();
    const { main, environments } = /** @type {Exports} */ (evaluate(script, load, cache, command));
    await main(args, environmentFiles(environments, wrong.environments, map), cwd);
  } catch (error) {
    if (error instanceof Error) error.stack = inSources(error.stack ?? '', map());
    throw error;
  }
}

/**
 * Says what keeps the program from running, or that it has a defect: what is wrong with an environment is a message of
 * main's.
 * @param {unknown} error
 */
function report(error) {
  if (!(error instanceof Error)) return console.error(`Error: ${error}`);
  const isAbsent = /^Cannot find module '[^./]|Could not resolve "[^./]/.test(error.message);
  // What esbuild cannot read or find is a message of its own, with file and line. A stack begins with the error's name.
  console.error(
    'warnings' in error || isAbsent
      ? `Error: ${error.message.replace(/\nRequire stack:[\s\S]*/, '')}`
      : error.stack,
  );
  if (isAbsent) console.error('Does npm ci install it?');
}

/**
 * The sources as a script: the one that was kept, or a new one.
 * @returns {Promise<Program>}
 */
async function currentProgram() {
  const sources = listSources(root);
  const key = digestFiles(root, sources);
  // What makes scripts is loaded where one is made.
  return keptProgram(key) ?? require('./make').makeProgram(root, cache, key, sources);
}

/**
 * @param {string} key
 * @returns {Program | undefined}
 */
function keptProgram(key) {
  const code = keptCode('program', key);
  const imports = cache.read('imports', key)?.toString();
  if (code === undefined || imports === undefined) return undefined;
  return {
    script: { name: 'program', key: digest([code]), code },
    imports: JSON.parse(imports),
    // It was kept because it has none.
    mistakes: { program: [], environments: new Map() },
    map: () => cache.read('map', key)?.toString(),
  };
}

/**
 * The packages that the program imports as a script, for as long as they and npm's record of them stay as they are. It
 * exports a function for each import.
 * @param {readonly string[]} imports
 * @returns {Promise<import('./compile').Script>}
 */
async function currentPackages(imports) {
  const list = cache.read('inputs', digest(imports));
  if (list) {
    const key = digest([digestFiles(root, JSON.parse(list.toString())), ...imports]);
    const code = keptCode('packages', key);
    if (code) return { name: 'packages', key, code };
  }
  return require('./make').makePackages(root, cache, imports);
}

/**
 * A script of esbuild's, which writes ASCII only: a string of one byte per character needs no decoding.
 * @param {string} name
 * @param {string} key
 */
function keptCode(name, key) {
  return cache.read(name, key)?.toString('latin1');
}

module.exports = { launch };
