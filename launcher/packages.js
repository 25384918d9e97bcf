const { readFileSync } = require('node:fs');
const { relative, sep } = require('node:path');
const { options } = require('./bundle');

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
    plugins: [newerBuild, loadLater(root), englishOnly, remember(root, contents)],
  });
  // Which file an import means stands in the packages' own package.json, and in npm's record of what it installed.
  const manifests = [...contents.keys()].map(path =>
    path.replace(/(.*node_modules\/(@[^/]+\/)?[^/]+).*/, '$1/package.json'),
  );
  const makers = ['./packages', './bundle', './compile', 'esbuild/package.json'].map(name =>
    require.resolve(name),
  );
  const inputs = [
    'node_modules/.package-lock.json',
    ...makers.map(path => below(root, path)),
    ...manifests,
    ...contents.keys(),
  ];
  return {
    code: Buffer.from(outputFiles[0]?.contents ?? ''),
    inputs: [...new Set(inputs)].sort(),
    contents,
  };
}

/**
 * js-yaml as it is imported: what it has for require copies its options key by key, for each object that it writes.
 * @type {import('esbuild').Plugin}
 */
const newerBuild = {
  name: 'newer-build',
  setup: build => {
    build.onResolve({ filter: /^js-yaml$/ }, ({ path, kind, resolveDir }) =>
      kind === 'import-statement' ? undefined : build.resolve(path, { kind: 'import-statement', resolveDir }),
    );
  },
};

/** What our stacks and charts need nothing of. */
const UNUSED =
  /[\\/]node_modules[\\/]((archiver|semver|json-stable-stringify)[\\/]index|cdk8s[\\/]lib[\\/]yaml)\.js$/;

/**
 * cdktf loads what makes archives of assets, a third of all files, what compares versions of Terraform, a hundred regular
 * expressions, and what sorts the JSON of a synthesis, twenty packages; cdk8s what writes YAML, seventy files.
 * @param {string} root
 * @returns {import('esbuild').Plugin}
 */
function loadLater(root) {
  return {
    name: 'load-later',
    setup: build => {
      build.onLoad({ filter: UNUSED }, ({ path }) => ({
        contents: `const later = require;
          const load = () => later('../${below(root, path)}');
          module.exports = new Proxy(() => {}, {
            get: (_, name) => load()[name],
            apply: (_, self, args) => load().apply(self, args),
          });`,
      }));
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

module.exports = { bundlePackages };
