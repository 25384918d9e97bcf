import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const program = `require(${JSON.stringify(join(__dirname, 'harness/namespaces.js'))})`;
const command = JSON.stringify(['sh', '-c', 'echo started; sleep 20; echo outlived it']);

test.each([
  'SIGINT',
  'SIGTERM',
  'SIGHUP',
  'SIGKILL',
] as const)('what a run has started ends with it, when %s does', async signal => {
  const run = spawn(process.execPath, ['-e', `${program}.runInNamespaces(${command}, '')`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: string[] = [];
  run.stdout.setEncoding('utf8').on('data', text => said.push(text));
  await once(run.stdout, 'data');
  run.kill(signal);
  // As soon as nobody holds its output any more.
  await once(run, 'close');
  expect(said).toEqual(['started\n']);
});
