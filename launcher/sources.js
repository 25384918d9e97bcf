const { readdirSync } = require('node:fs');
const { join } = require('node:path');

/** What a program can be made of, and what configures its making (package.json, package-lock.json, tsconfig.json). */
const SOURCE = /\.([cm]?[jt]sx?|json)$/;

/** Folders that the program has nothing of; any other is read, so that none can be forgotten. */
const NOT_SOURCES = ['__tests__', 'bench', 'build', 'dist', 'docs', 'e2e', 'node_modules'];

/**
 * Every source below a folder, sorted, as paths with slashes.
 * @param {string} root
 * @returns {string[]}
 */
function listSources(root, below = '') {
  return readdirSync(join(root, below), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(entry => {
      if (entry.name.startsWith('.') || (below === '' && NOT_SOURCES.includes(entry.name))) return [];
      const path = below + entry.name;
      if (entry.isDirectory()) return listSources(root, `${path}/`);
      return SOURCE.test(entry.name) ? [path] : [];
    });
}

/**
 * The names of the environment files.
 * @param {string} root
 */
function listEnvironments(root) {
  return readdirSync(join(root, 'environments'))
    .flatMap(file => /^(.+)\.ts$/.exec(file)?.[1] ?? [])
    .sort();
}

module.exports = { listEnvironments, listSources };
