const { spawn } = require('node:child_process');
const { dirname, join } = require('node:path');
const { pathToFileURL } = require('node:url');

/**
 * Whether the program's types are right; TypeScript says on stderr what is wrong with them.
 * @param {string} root
 * @param {string} [memory] file in which it remembers which files it found right, by what they hold
 * @returns {Promise<boolean>}
 */
async function checkTypes(root, memory) {
  // TypeScript's own way to its native compiler; `bin/tsc` would start a Node process around it.
  const typescript = dirname(require.resolve('typescript/package.json'));
  const { default: getExePath } = await import(pathToFileURL(join(typescript, 'lib', 'getExePath.js')).href);
  // Several threads would check the same libraries several times over, and take the core that makes the bundle.
  const options = ['--project', 'tsconfig.program.json', '--noEmit', '--singleThreaded'];
  const incremental = memory ? ['--incremental', '--tsBuildInfoFile', memory] : [];
  const compiler = spawn(getExePath(), [...options, ...incremental], { cwd: root, stdio: ['ignore', 2, 2] });
  return new Promise((resolve, reject) => {
    compiler.once('error', reject).once('exit', code => resolve(code === 0));
  });
}

module.exports = { checkTypes };
