const { accessSync, constants, mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { digest } = require('./digest');

/** Length of a digest and the line feed after it. */
const HEADER = 65;

/**
 * One file per name, so that it does not grow. Each is given back only for the key that it was written for, and only as
 * it was written; deleting one costs a second and nothing else, and so does a disk that is full or read-only.
 * @typedef {object} Cache
 * @property {(name: string, key: string) => Buffer | undefined} read
 * @property {(name: string, key: string, content: string | Buffer) => void} write
 * @property {(name: string) => string | undefined} place where a tool may keep a file of its own, if anywhere
 */

/**
 * @param {string} folder
 * @returns {Cache}
 */
function openCache(folder) {
  return {
    read: (name, key) => {
      const file = attempt(() => readFileSync(join(folder, name)));
      const content = file?.subarray(HEADER);
      return content && file?.toString('latin1', 0, HEADER) === header(key, content) ? content : undefined;
    },
    write: (name, key, content) => {
      const bytes = Buffer.from(content);
      // Never in place: another run may be reading, and this one may be interrupted.
      const temporary = join(folder, `${name}.${process.pid}`);
      attempt(() => {
        mkdirSync(folder, { recursive: true });
        writeFileSync(temporary, header(key, bytes));
        writeFileSync(temporary, bytes, { flag: 'a' });
        renameSync(temporary, join(folder, name));
      });
    },
    place: name =>
      attempt(() => {
        mkdirSync(folder, { recursive: true });
        accessSync(folder, constants.W_OK);
        return join(folder, name);
      }),
  };
}

/**
 * @param {string} key
 * @param {Buffer} content
 */
function header(key, content) {
  return `${digest([key, content])}\n`;
}

/**
 * @template T
 * @param {() => T} action
 */
function attempt(action) {
  try {
    return action();
  } catch {
    return undefined;
  }
}

module.exports = { openCache };
