const { createHash } = require('node:crypto');
const { closeSync, openSync, readFileSync, readSync } = require('node:fs');

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
      yield contents?.get(path) ?? contentOf(`${root}/${path}`);
    }
  }
}

/** Every file is read into the same memory: new memory for all of them costs as much as reading them. */
const memory = Buffer.allocUnsafe(4 * 1024 * 1024);

/**
 * @param {string} path
 * @returns {string | Buffer} what a file holds, until the next one is read
 */
function contentOf(path) {
  try {
    const file = openSync(path, 'r');
    try {
      return contentBehind(file) ?? readFileSync(path);
    } finally {
      closeSync(file);
    }
  } catch {
    return '(missing)';
  }
}

/**
 * @param {number} file
 * @returns what it holds, if that is less than there is memory
 */
function contentBehind(file) {
  // One call reads a file to its end, as far as there is memory.
  const length = readSync(file, memory, 0, memory.length, null);
  return length < memory.length ? memory.subarray(0, length) : undefined;
}

module.exports = { digest, digestFiles };
