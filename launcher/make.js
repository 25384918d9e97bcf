const { bundleProgram } = require('./bundle');
const { hideCredentials } = require('./credentials');
const { digest, digestFiles } = require('./digest');
const { shareOut } = require('./mistakes');
const { bundlePackages } = require('./packages');
const { listSources } = require('./sources');
const { checkTypes } = require('./types');

/** @typedef {import('./cache').Cache} Cache */

/**
 * The sources as a script, which is kept once its types are right.
 * @param {string} root
 * @param {Cache} cache
 * @param {string} key digest of the sources
 * @param {readonly string[]} sources
 * @returns {Promise<import('./launch').Program>}
 */
async function makeProgram(root, cache, key, sources) {
  const types = awaitedLater(checkTypes(root, cache.place('types.tsbuildinfo')));
  const { code, map, imports, inputs } = await bundleProgram(root).catch(async error => {
    // TypeScript often says better what cannot be read.
    for (const mistake of await types) console.error(hideCredentials(root, mistake));
    error.message = hideCredentials(root, unreadable(error));
    throw error;
  });
  /** Whether the key covers all that was bundled and checked: no other file, and none edited meanwhile. */
  const isCovered = () =>
    Object.keys(inputs).every(path => path === '<stdin>' || sources.includes(path)) &&
    digestFiles(root, listSources(root)) === key;
  return {
    script: { name: 'program', key: digest([code]), code },
    imports,
    mistakes: awaitedLater(
      types.then(texts => {
        if (texts.length === 0 && isCovered()) {
          cache.write('map', key, map);
          cache.write('imports', key, JSON.stringify(imports));
          cache.write('program', key, code);
        }
        return shareOut(root, inputs, texts);
      }),
    ),
    map: () => map,
  };
}

/**
 * What esbuild cannot read, in the form of the program's own problems; columns are counted from 1, as TypeScript does.
 * @param {Error & Partial<import('esbuild').BuildFailure>} error
 */
function unreadable({ message, errors = [] }) {
  if (errors.length === 0) return message;
  const problems = errors.map(({ text, location }) => {
    const place = location ? `${location.file}:${location.line}:${location.column + 1}` : 'the sources';
    return `  ${place}\n    problem  ${text}`;
  });
  const count = errors.length === 1 ? '1 problem' : `${errors.length} problems`;
  return `${count}, nothing was run\n\n${problems.join('\n\n')}`;
}

/**
 * What is under way beside other work: Node ends a run for an error that nobody awaits yet.
 * @template T
 * @param {Promise<T>} promise
 */
function awaitedLater(promise) {
  promise.catch(() => {});
  return promise;
}

/**
 * The packages as a script, which is kept with the list of files that it was made of.
 * @param {string} root
 * @param {Cache} cache
 * @param {readonly string[]} imports
 * @returns {Promise<import('./compile').Script>}
 */
async function makePackages(root, cache, imports) {
  const { code, inputs, contents } = await bundlePackages(root, imports);
  const key = digest([digestFiles(root, inputs, contents), ...imports]);
  cache.write('inputs', digest(imports), JSON.stringify(inputs));
  cache.write('packages', key, code);
  return { name: 'packages', key, code: code.toString('latin1') };
}

module.exports = { makePackages, makeProgram };
