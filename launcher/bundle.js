const { isBuiltin } = require('node:module');
const { MODULE } = require('./compile');
const {
  circularEnvironments,
  evaluateLater,
  incompleteEnvironments,
  unreadableEnvironments,
} = require('./late-environments');
const { listEnvironments } = require('./sources');

/** @typedef {import('esbuild').Metafile['inputs']} Inputs */

/**
 * Our own sources as one script.
 * @typedef {object} Program
 * @property {string} code exports `main` and `environments`
 * @property {string} map its source map
 * @property {string[]} imports what it requires of node_modules
 * @property {Inputs} inputs the files that it was made of, with what each imports
 */

/**
 * How both scripts are made.
 * @satisfies {import('esbuild').BuildOptions}
 */
const options = /** @type {const} */ ({
  bundle: true,
  // V8 wants the text of a script even where it has compiled all of it: every byte is read and checked in each run.
  minifyWhitespace: true,
  format: 'cjs',
  platform: 'node',
  // What the program imports late is in the script too: there is nothing beside it to import.
  supported: { 'dynamic-import': false },
  metafile: true,
  banner: { js: MODULE.before },
  footer: { js: MODULE.after },
  write: false,
  logLevel: 'silent',
});

/**
 * @param {string} root
 * @returns {Promise<Program>}
 */
async function bundleProgram(root) {
  const names = listEnvironments(root);
  /** @param {ReadonlyMap<string, string>} unreadable */
  const bundle = unreadable =>
    bundleEntry(root, [
      "export { main } from './main';",
      'export const environments = new Map([',
      ...names.map(name => unreadable.get(name) ?? evaluateLater(name)),
      ']);',
    ]);
  /** @type {Map<string, string>} */
  let unreadable = new Map();
  let bundled = await bundle(unreadable).catch(async () => {
    unreadable = await unreadableEnvironments(names, name =>
      bundleEntry(root, [`import './environments/${name}';`]),
    );
    return bundle(unreadable);
  });
  const { inputs } = bundled.metafile;
  const broken = new Map([
    ...incompleteEnvironments(root, names, inputs),
    ...circularEnvironments(names, inputs),
  ]);
  if (broken.size > 0) bundled = await bundle(new Map([...unreadable, ...broken]));
  const { outputFiles, metafile } = bundled;
  /** @param {string} name */
  const output = name => outputFiles.find(({ path }) => path.endsWith(name))?.text ?? '';
  const imports = Object.values(metafile.outputs).flatMap(output => output.imports.map(({ path }) => path));
  return {
    code: output('program.js'),
    map: output('program.js.map'),
    imports: [...new Set(imports)].filter(path => !isBuiltin(path)).sort(),
    inputs: metafile.inputs,
  };
}

/**
 * @param {string} root
 * @param {readonly string[]} lines of TypeScript
 */
function bundleEntry(root, lines) {
  return require('esbuild').build({
    ...options,
    absWorkingDir: root,
    stdin: { contents: lines.join('\n'), resolveDir: root },
    outfile: 'program.js',
    packages: 'external',
    sourcemap: 'external',
    sourcesContent: false,
  });
}

module.exports = { bundleProgram, options };
