const { existsSync, readdirSync, statSync } = require('node:fs');
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
      return SOURCE.test(entry.name) && isFile(join(root, path), entry) ? [path] : [];
    });
}

/**
 * The names of the environment files; the program says what is wrong where there is none.
 * @param {string} root
 */
function listEnvironments(root) {
  const folder = join(root, 'environments');
  if (!existsSync(folder)) return [];
  // Not Emacs's locks, which are links to nowhere: .#dev.ts
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => /^[^.].*\.ts$/s.test(entry.name) && isFile(join(folder, entry.name), entry))
    .map(entry => entry.name.slice(0, -'.ts'.length))
    .sort();
}

/**
 * Whether something is a file, or a link to one.
 * @param {string} path
 * @param {import('node:fs').Dirent} entry
 */
function isFile(path, entry) {
  if (!entry.isSymbolicLink()) return entry.isFile();
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    // A link to itself, or into a folder that nobody may look into.
    return false;
  }
}

module.exports = { listEnvironments, listSources };
