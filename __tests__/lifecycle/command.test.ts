import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runProgram } from '../../commands/program';
import { runLifecycle } from '../../lifecycle/command';
import { Refusal } from '../../lifecycle/failure';
import { plainProgress, terminalProgress } from '../../lifecycle/progress';
import { copyOfProject } from '../helpers/checkout';
import { FakeCloud } from '../helpers/fake-cloud';

let cloud: FakeCloud;

beforeEach(() => {
  cloud = new FakeCloud();
});

afterEach(() => cloud.dispose());

const refuse = () => Promise.reject(new Refusal('not today'));

test.each([
  'up',
  'status',
  'down',
])('%s without a terminal says what is wrong with the name, and ends with 1', async name => {
  expect(await runProgram([name, 'nowhere'], cloud.host())).toBe(1);
  expect(cloud.err.join('\n')).toMatch(/^\nError: 1 problem[\s\S]*environments: nowhere[\s\S]*holds test$/);
  expect(cloud.tools.calls()).toEqual([]);
});

test.each([
  ['up', ['--yes', '--plan-only', '--context']],
  ['status', ['--drift', '--context']],
  ['down', ['--yes <environment>', '--purge', '--export-database <file>', '--without-cluster', '--context']],
])('%s --help names every option', async (name, options) => {
  await runProgram([name, '--help'], cloud.host()).catch(() => {});
  for (const option of options) expect(cloud.out.join('\n')).toContain(option);
});

test('a message is printed, and the command ends with 1', async () => {
  expect(await runLifecycle(cloud.host(), refuse)).toBe(1);
  expect(cloud.err).toEqual(['\nError: not today']);
});

test('after Ctrl-C it ends as a shell expects', async () => {
  cloud.interrupt();
  expect(await runLifecycle(cloud.host(), refuse)).toBe(130);
});

test('a defect is not dressed up as a message', async () => {
  const defect = new TypeError('x is undefined');
  await expect(runLifecycle(cloud.host(), () => Promise.reject(defect))).rejects.toBe(defect);
});

test.each([
  ['one Ctrl-C that arrives twice, as through npm, still lets', 'SIGINT'],
  ['a terminal that is closed lets', 'SIGHUP'],
] as const)('%s the tool finish', async (_, signal) => {
  cloud.tools.on('az *', {
    run: 'trap "echo > $STATE/saved; exit 1" INT; echo ready >&2; while :; do /bin/sleep 0.05; done',
  });
  const child = spawn(
    process.execPath,
    [join(copyOfProject(join(cloud.folder, 'project')).folder, 'run.js'), 'status', 'dev'],
    {
      env: { PATH: cloud.tools.path },
    },
  );
  const ended = once(child, 'exit');
  const started = () => cloud.tools.calls('az ').length > 0;
  while (!started() && child.exitCode === null) await sleep(20);
  child.kill(signal);
  child.kill(signal);
  expect(await ended).toEqual([130, null]);
  expect(existsSync(join(cloud.tools.folder, 'state/saved'))).toBe(true);
});

describe.each([
  ['plain lines', () => plainProgress(cloud.host())],
  ['a terminal', () => terminalProgress],
])('progress as %s', (_, make) => {
  let written: jest.SpyInstance;

  beforeEach(() => {
    written = jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
  });

  afterEach(() => written.mockRestore());

  test('gives back the result', async () => {
    expect(await make()('Plan dev', async () => 7)).toBe(7);
  });

  test('hands an error on as it is', async () => {
    const error = new Error('boom');
    await expect(make()('Plan dev', () => Promise.reject(error))).rejects.toBe(error);
  });
});

test('plain lines are the title and what is shown of the work', async () => {
  await plainProgress(cloud.host())('Plan dev', show => show('half way'));
  expect(cloud.err).toEqual(['▸ Plan dev', '    half way']);
});
