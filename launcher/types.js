const { spawn } = require('node:child_process');
const { dirname, join } = require('node:path');
const { pathToFileURL } = require('node:url');

/**
 * What is wrong with the program's types, as TypeScript says it; nothing when they are right.
 * @param {string} root
 * @param {string} [memory] file in which it remembers which files it found right, by what they hold
 * @returns {Promise<string[]>} one text for each mistake, which may have several lines
 */
async function checkTypes(root, memory) {
  // TypeScript's own way to its native compiler; `bin/tsc` would start a Node process around it.
  const typescript = dirname(require.resolve('typescript/package.json'));
  const { default: getExePath } = await import(pathToFileURL(join(typescript, 'lib', 'getExePath.js')).href);
  // Several threads would check the same libraries several times over, and take the core that makes the bundle.
  const options = ['--project', 'tsconfig.program.json', '--noEmit', '--singleThreaded', '--pretty', 'false'];
  const incremental = memory ? ['--incremental', '--tsBuildInfoFile', memory] : [];
  // Never to the terminal as it is: what it quotes may be a credential.
  const compiler = spawn(getExePath(), [...options, ...incremental], {
    cwd: root,
    // The compiler is a Go program, which ends before Go's collection of garbage would pay: 20 MB, for a fifth of the time.
    env: { ...process.env, GOGC: 'off' },
    stdio: ['ignore', 'pipe', 2],
  });
  let said = '';
  compiler.stdout?.setEncoding('utf8').on('data', text => {
    said += text;
  });
  return new Promise((resolve, reject) => {
    compiler.once('error', reject).once('close', (code, signal) => {
      if (code === 0) return resolve([]);
      // A mistake's further lines are indented.
      const mistakes = said.split(/\r?\n(?=\S)/).map(text => text.trimEnd());
      resolve(said.trim() ? mistakes : [`TypeScript ended with ${signal ?? code}`]);
    });
  });
}

module.exports = { checkTypes };
