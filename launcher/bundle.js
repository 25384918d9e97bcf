const { readFileSync } = require('node:fs');
const { isBuiltin } = require('node:module');
const { relative, sep } = require('node:path');
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

/** @satisfies {import('esbuild').BuildOptions} */
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
    bundleSources(
      root,
      names.map(name => unreadable.get(name) ?? evaluateLater(name)),
    );
  /** @type {Map<string, string>} */
  let unreadable = new Map();
  let bundled = await bundle(unreadable).catch(error => {
    unreadable = unreadableEnvironments(error);
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
 * @param {readonly string[]} environments
 */
function bundleSources(root, environments) {
  const entry = [
    "export { main } from './main';",
    'export const environments = new Map([',
    ...environments,
    ']);',
  ];
  return require('esbuild').build({
    ...options,
    absWorkingDir: root,
    stdin: { contents: entry.join('\n'), resolveDir: root },
    outfile: 'program.js',
    packages: 'external',
    sourcemap: 'external',
    sourcesContent: false,
  });
}

/**
 * What the program imports of node_modules as one script, which exports a function for each import.
 * @param {string} root
 * @param {readonly string[]} imports
 */
async function bundlePackages(root, imports) {
  /** @type {Map<string, Buffer>} */
  const contents = new Map();
  const entries = imports.map(path => JSON.stringify(path)).map(path => `${path}: () => require(${path}),`);
  const { outputFiles } = await require('esbuild').build({
    ...options,
    absWorkingDir: root,
    stdin: {
      contents: `module.exports = {\n${entries.join('\n')}\n};`,
      resolveDir: root,
    },
    // cdk8s carries a copy of its own, the same.
    alias: { yaml: 'yaml' },
    plugins: [loadLater(root), englishOnly, remember(root, contents)],
  });
  // Which file an import means stands in the packages' own package.json, and in npm's record of what it installed.
  const manifests = [...contents.keys()].map(path =>
    path.replace(/(.*node_modules\/(@[^/]+\/)?[^/]+).*/, '$1/package.json'),
  );
  const makers = [__filename, require.resolve('esbuild/package.json')].map(path => below(root, path));
  const inputs = ['node_modules/.package-lock.json', ...makers, ...manifests, ...contents.keys()];
  return {
    code: Buffer.from(outputFiles[0]?.contents ?? ''),
    inputs: [...new Set(inputs)].sort(),
    contents,
  };
}

/**
 * cdktf loads what makes archives of assets, a third of all files, what compares versions of Terraform, a hundred regular
 * expressions, and what sorts the JSON of a synthesis, twenty packages: our stacks need none of them.
 * @param {string} root
 * @returns {import('esbuild').Plugin}
 */
function loadLater(root) {
  return {
    name: 'load-later',
    setup: build => {
      build.onLoad(
        { filter: /[\\/]node_modules[\\/](archiver|semver|json-stable-stringify)[\\/]index\.js$/ },
        ({ path }) => ({
          contents: `const later = require;
          const load = () => later('../${below(root, path)}');
          module.exports = new Proxy(() => {}, {
            get: (_, name) => load()[name],
            apply: (_, self, args) => load().apply(self, args),
          });`,
        }),
      );
    },
  };
}

/**
 * zod loads its messages in sixty languages.
 * @type {import('esbuild').Plugin}
 */
const englishOnly = {
  name: 'english-only',
  setup: build => {
    build.onLoad({ filter: /[\\/]node_modules[\\/]zod[\\/]v4[\\/]locales[\\/]index\.cjs$/ }, () => ({
      contents: "exports.en = require('./en.cjs');",
    }));
  },
};

/**
 * Keeps what esbuild is given: a file may be another one when we look at it later.
 * @param {string} root
 * @param {Map<string, Buffer>} contents
 * @returns {import('esbuild').Plugin}
 */
function remember(root, contents) {
  return {
    name: 'remember',
    setup: build => {
      build.onLoad({ filter: /./, namespace: 'file' }, ({ path }) => {
        const content = readFileSync(path);
        contents.set(below(root, path), content);
        return { contents: content, loader: 'default' };
      });
    },
  };
}

/**
 * @param {string} root
 * @param {string} path
 */
function below(root, path) {
  return relative(root, path).split(sep).join('/');
}

module.exports = { bundlePackages, bundleProgram };
