import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../commands/program';
import { version } from '../package.json';
import { testHost } from './helpers/host';

/**
 * Runs the program as a process of its own, with environments that nothing is read of.
 * @param then what the process does when the command is done
 */
function runMain(args: readonly string[], stdout: number | 'pipe', then = '') {
  const main = JSON.stringify(join(__dirname, '..', 'main'));
  const run = `require(${main}).main(${JSON.stringify(args)}, new Map([['prod'], ['dev']]))`;
  const script = `${run}.then(() => { ${then} })`;
  return spawnSync(process.execPath, ['-e', script], {
    stdio: ['ignore', stdout, 'pipe'],
    encoding: 'utf8',
    // A process that never ends is a red test, and not one without an end.
    timeout: 60_000,
  });
}

test('a result that cannot be written is no success', () => {
  const full = openSync('/dev/full', 'w');
  const { status, stderr } = runMain(['--help'], full);
  closeSync(full);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^Error: the output cannot be written: ENOSPC: [^\n]*\n$/);
});

test('a command without its environment says which there are', () => {
  const { status, stderr } = runMain(['up'], 'pipe');
  expect(status).toBe(1);
  expect(stderr).toBe(
    "error: missing required argument 'environment'\n(--help shows the options)\n(environments/ holds dev, prod)\n",
  );
});

test.each([
  ['by itself', ['--version']],
  ['after a command, as npm run passes it on', ['synth', '--version']],
])('the version is that of the package: %s', (_, args) => {
  const { status, stdout } = runMain(args, 'pipe');
  expect({ status, stdout }).toEqual({ status: 0, stdout: `${version}\n` });
});

test('an option that npm took, for want of a --, is not passed over', async () => {
  const host = testHost({ env: { npm_config_plan_only: 'true', npm_config_yes: 'true', npm_config_ca: '' } });
  await expect(runProgram(['up', 'dev'], host)).rejects.toThrow(
    /^1 problem\n\n {2}--plan-only\n {4}problem {2}was taken by npm; .*: npm run up -- dev --plan-only$/,
  );
  const live = { npm_config_prices_url: 'https://x', npm_config_live: 'true' };
  await expect(runProgram(['cost', 'dev'], testHost({ env: live }))).rejects.toThrow(
    /--live\n[\s\S]*--prices-url\n.*npm run cost -- dev --prices-url <url>$/,
  );
});

test('a mistake in the command line leads to the options', () => {
  const { status, stderr } = runMain(['synth', '--environment', 'dev'], 'pipe');
  expect(status).toBe(1);
  expect(stderr).toBe("error: unknown option '--environment'\n(--help shows the options)\n");
});

test('once the command is done, the first Ctrl-C ends what still runs', () => {
  const { signal, status } = runMain(
    ['--help'],
    'pipe',
    "process.kill(process.pid, 'SIGINT'); setTimeout(() => process.exit(9), 2000);",
  );
  expect({ signal, status }).toEqual({ signal: 'SIGINT', status: null });
});
