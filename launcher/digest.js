const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

/**
 * One digest of several texts, none of which can pass for two.
 * @param {Iterable<string | Buffer>} parts
 */
function digest(parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest('hex');
}

/**
 * A digest of what files hold. Their dates say nothing: clocks are set back, and git and npm date files as they like.
 * @param {string} root
 * @param {readonly string[]} paths below the root
 * @param {ReadonlyMap<string, Buffer>} [contents] of files that were read already
 */
function digestFiles(root, paths, contents) {
  return digest(pathsAndContents());

  function* pathsAndContents() {
    for (const path of paths) {
      yield path;
      yield contents?.get(path) ?? contentOf(join(root, path));
    }
  }
}

/** @param {string} path */
function contentOf(path) {
  try {
    return readFileSync(path);
  } catch {
    return '(missing)';
  }
}

module.exports = { digest, digestFiles };
