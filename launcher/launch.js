const { join } = require('node:path');
const { bundlePackages, bundleProgram } = require('./bundle');
const { openCache } = require('./cache');
const { compilePackages, compileProgram } = require('./compile');
const { digest, digestFiles } = require('./digest');
const { listSources } = require('./sources');
const { inSources } = require('./stack');
const { checkTypes } = require('./types');

/** @typedef {import('./bundle').Program} Program */

/** Root of the checkout. */
const root = join(__dirname, '..');

const cache = openCache(join(root, 'node_modules', '.cache', 'litellm-aks'));

/**
 * Runs a command line with the program that the sources make now.
 * @param {readonly string[]} args
 */
async function launch(args) {
  const { code, imports, types } = await currentProgram();
  const command = /^\w+$/.exec(args[0] ?? '')?.[0] ?? 'program';
  const packages = compilePackages(await currentPackages(imports), cache, command);
  if (!(await types)) {
    console.error('\nError: the types are wrong, nothing was run');
    process.exitCode = 1;
    return;
  }
  try {
    const { main, environments } = compileProgram(code, packages);
    await main(args, environments);
  } catch (error) {
    // What is wrong with an environment is a message of main's; this is a defect.
    console.error(`Error: ${error instanceof Error ? inSources(error.stack ?? '', code) : error}`);
    process.exitCode = 1;
  }
}

/** Our own sources as a script: the one that was kept, or a new one, which is kept once its types are right. */
async function currentProgram() {
  const sources = listSources(root);
  const key = digestFiles(root, sources);
  const kept = cache.read('program', key);
  if (kept) return { .../** @type {Program} */ (JSON.parse(kept.toString())), types: true };

  const types = checkTypes(root, cache.place('types.tsbuildinfo'));
  const program = await bundleProgram(root);
  /** Whether the key covers all that was bundled and checked: no other file, and none edited meanwhile. */
  const isCovered = () =>
    program.inputs.every(path => sources.includes(path)) && digestFiles(root, listSources(root)) === key;
  return {
    ...program,
    types: types.then(right => {
      if (right && isCovered()) cache.write('program', key, JSON.stringify(program));
      return right;
    }),
  };
}

/**
 * The packages that the program imports as a script, for as long as they and npm's record of them stay as they are.
 * @param {readonly string[]} imports
 * @returns {Promise<import('./compile').Packages>}
 */
async function currentPackages(imports) {
  const list = cache.read('inputs', digest(imports));
  if (list) {
    const key = digest([digestFiles(root, JSON.parse(list.toString())), ...imports]);
    const code = cache.read('packages', key);
    if (code) return { key, code };
  }
  const { code, inputs, contents } = await bundlePackages(root, imports);
  const key = digest([digestFiles(root, inputs, contents), ...imports]);
  cache.write('inputs', digest(imports), JSON.stringify(inputs));
  cache.write('packages', key, code);
  return { key, code };
}

module.exports = { launch };
