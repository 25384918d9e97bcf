const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { madeOf } = require('./made-of');
const { listEnvironments } = require('./sources');

/** @typedef {import('../config/problem').Problem} Problem */
/** @typedef {import('./bundle').Inputs} Inputs */

/**
 * What TypeScript finds wrong, by whom it keeps from working.
 * @typedef {object} Mistakes
 * @property {string[]} program mistakes that concern every command, as TypeScript says them
 * @property {Map<string, Problem[]>} environments those that concern who asks for the environment
 */

/**
 * Says whose the mistakes are: an environment's where only environments are made of the file.
 * @param {string} root
 * @param {Inputs} inputs what the program is made of
 * @param {readonly string[]} texts
 * @returns {Mistakes}
 */
function shareOut(root, inputs, texts) {
  /** @type {Mistakes} */
  const mistakes = { program: [], environments: new Map() };
  if (texts.length === 0) return mistakes;
  const ofProgram = madeOf(inputs, 'main.ts');
  const environments = listEnvironments(root).map(name => {
    const file = `environments/${name}.ts`;
    return { name, files: madeOf(inputs, file), isRead: file in inputs };
  });
  /** Of those that cannot be read, nobody knows what they are made of. @param {string} file */
  const ownersOf = file => {
    const known = environments.filter(({ files }) => files.has(file));
    return known.length > 0 ? known : environments.filter(({ isRead }) => !isRead);
  };
  for (const text of texts) {
    const [, file = '', line, column, message = ''] =
      /^(\S.*?)\((\d+),(\d+)\): error (.*)$/s.exec(text) ?? [];
    const owners = file === '' || ofProgram.has(file) ? [] : ownersOf(file);
    if (owners.length === 0) mistakes.program.push(text);
    for (const { name } of owners) {
      const path = wordAt(join(root, file), Number(line), Number(column));
      const problem = { where: `${file}:${line}:${column}`, path, message };
      mistakes.environments.set(name, [...(mistakes.environments.get(name) ?? []), problem]);
    }
  }
  return mistakes;
}

/**
 * The key that TypeScript points at.
 * @param {string} file
 * @param {number} line
 * @param {number} column
 */
function wordAt(file, line, column) {
  const text = readFileSync(file, 'utf8').split(/\r?\n/)[line - 1] ?? '';
  return /^['"]?([\w-]+)/.exec(text.slice(column - 1))?.[1] ?? '';
}

module.exports = { shareOut };
