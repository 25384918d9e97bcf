const { join } = require('node:path');
const { bundlePackages, bundleProgram } = require('./bundle');
const { openCache } = require('./cache');
const { evaluate } = require('./compile');
const { hideCredentials } = require('./credentials');
const { digest, digestFiles } = require('./digest');
const { environmentFiles } = require('./environments');
const { shareOut } = require('./mistakes');
const { listSources } = require('./sources');
const { inSources } = require('./stack');
const { checkTypes } = require('./types');

/** @typedef {typeof import('../main') & { environments: ReadonlyMap<string, () => unknown> }} Exports */

/** Root of the checkout. */
const root = join(__dirname, '..');

const cache = openCache(join(root, 'node_modules', '.cache', 'litellm-aks'));

/**
 * Runs a command line with the program that the sources make now.
 * @param {readonly string[]} args
 */
async function launch(args) {
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
  // What esbuild cannot read or find is a message of its own, with file and line. A stack begins with the error's name.
  console.error('warnings' in error ? `Error: ${error.message}` : error.stack);
  if (/Could not resolve "[^./]/.test(error.message)) console.error('Does npm ci install it?');
}

/** Our own sources as a script: the one that was kept, or a new one. */
async function currentProgram() {
  const sources = listSources(root);
  const key = digestFiles(root, sources);
  return keptProgram(key) ?? makeProgram(key, sources);
}

/** @param {string} key */
function keptProgram(key) {
  const code = keptCode('program', key);
  const imports = cache.read('imports', key)?.toString();
  if (code === undefined || imports === undefined) return undefined;
  return {
    script: { name: 'program', key: digest([code]), code },
    imports: /** @type {string[]} */ (JSON.parse(imports)),
    mistakes: shareOut(root, {}, []),
    map: () => cache.read('map', key)?.toString(),
  };
}

/**
 * A script that is kept once its types are right.
 * @param {string} key
 * @param {readonly string[]} sources
 */
async function makeProgram(key, sources) {
  const types = checkTypes(root, cache.place('types.tsbuildinfo'));
  const { code, map, imports, inputs } = await bundleProgram(root).catch(async error => {
    // TypeScript often says better what cannot be read.
    for (const mistake of await types) console.error(hideCredentials(root, mistake));
    error.message = hideCredentials(root, error.message);
    throw error;
  });
  /** Whether the key covers all that was bundled and checked: no other file, and none edited meanwhile. */
  const isCovered = () =>
    Object.keys(inputs).every(path => path === '<stdin>' || sources.includes(path)) &&
    digestFiles(root, listSources(root)) === key;
  return {
    script: { name: 'program', key: digest([code]), code },
    imports,
    mistakes: types.then(texts => {
      if (texts.length === 0 && isCovered()) {
        cache.write('map', key, map);
        cache.write('imports', key, JSON.stringify(imports));
        cache.write('program', key, code);
      }
      return shareOut(root, inputs, texts);
    }),
    map: () => map,
  };
}

/**
 * The packages that the program imports as a script, for as long as they and npm's record of them stay as they are. It
 * exports a function for each import.
 * @param {readonly string[]} imports
 * @returns {Promise<import('./compile').Script>}
 */
async function currentPackages(imports) {
  const name = 'packages';
  const list = cache.read('inputs', digest(imports));
  if (list) {
    const key = digest([digestFiles(root, JSON.parse(list.toString())), ...imports]);
    const code = keptCode(name, key);
    if (code) return { name, key, code };
  }
  const { code, inputs, contents } = await bundlePackages(root, imports);
  const key = digest([digestFiles(root, inputs, contents), ...imports]);
  cache.write('inputs', digest(imports), JSON.stringify(inputs));
  cache.write(name, key, code);
  return { name, key, code: code.toString('latin1') };
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
