import { type NoAnswer, runTool, type ToolProps } from '../../lifecycle/tool';
import { FakeTools } from '../helpers/fake-tools';

const tools = new FakeTools(['tool']);

afterAll(() => tools.dispose());

const lines: string[] = [];
const run = (more: Partial<ToolProps> = {}) => {
  lines.length = 0;
  return runTool({
    program: 'tool',
    args: ['go'],
    env: { PATH: `${tools.path}:/bin:/usr/bin` },
    timeoutSeconds: 60,
    graceSeconds: 60,
    interrupted: new AbortController().signal,
    onLine: line => lines.push(line),
    ...more,
  });
};
const reasonOf = (answer: Promise<unknown>) =>
  answer.then(
    () => 'it ended',
    ({ reason, message }: NoAnswer) => `${reason}: ${message}`,
  );

test('what it says is handed over line by line and in whole, with what it ended with', async () => {
  tools.on('tool go', { run: 'printf "two\\nlines\\n"', stderr: 'a warning', status: 3 });
  expect(await run()).toEqual({ status: 3, stdout: 'two\nlines', stderr: 'a warning' });
  expect([...lines].sort()).toEqual(['a warning', 'lines', 'two']);
});

test('it gets the arguments as they are: no shell looks at them', async () => {
  const args = ['$HOME', '; rm -rf /', '`id`'];
  tools.on('tool*');
  await run({ args });
  expect(tools.calls('rm -rf')).toEqual([`tool ${args.join(' ')}`]);
});

test('it reads what it is given, and nothing where nobody would answer', async () => {
  tools.on('tool go', { run: '/bin/cat' });
  expect((await run({ input: 'manifest' })).stdout).toBe('manifest');
  expect((await run()).stdout).toBe('');
});

test('one that is not there says so, and how to get it', async () => {
  expect(await reasonOf(run({ program: 'nowhere' }))).toBe('missing: nowhere is missing');
  expect(await reasonOf(run({ program: 'az' }))).toMatch(/^missing: az is missing; install the Azure CLI/);
});

test('one that hangs is stopped, with whatever it started', async () => {
  tools.on('tool go', { run: 'sleep 1000' });
  expect(await reasonOf(run({ timeoutSeconds: 0.1 }))).toBe('timeout: tool go did not end within 0.1 s');
});

test('one that does not want to stop is killed after its grace', async () => {
  tools.on('tool go', { run: 'trap "" INT; while :; do sleep 0.05; done' });
  expect(await reasonOf(run({ timeoutSeconds: 0.1, graceSeconds: 0.1 }))).toMatch(/^timeout/);
});

test('Ctrl-C asks once, and waits until its affairs are in order', async () => {
  tools.on('tool go', {
    run: 'trap "echo INT; asked=1" INT; echo started; while [ -z "$asked" ]; do sleep 0.05; done; echo saved',
  });
  const interrupt = new AbortController();
  const answer = run({
    interrupted: interrupt.signal,
    onLine: line => {
      lines.push(line);
      if (line === 'started') interrupt.abort();
    },
  });
  expect(await reasonOf(answer)).toBe('interrupted: tool go was interrupted');
  expect(lines).toEqual(['started', 'INT', 'saved']);
});

test('after Ctrl-C nothing is started', async () => {
  tools.forgetCalls();
  expect(await reasonOf(run({ interrupted: AbortSignal.abort() }))).toMatch(
    /^interrupted: tool was not started/,
  );
  expect(tools.calls()).toEqual([]);
});

test('one that something else ends is named with what it was asked, not with its options', async () => {
  tools.on('tool *', { run: 'kill -9 $$' });
  const args = ['--kubeconfig=/tmp/x', '--request-timeout=60s', 'get', 'job', 'migration', '--output=json'];
  expect(await reasonOf(run({ args }))).toBe('killed: tool get job migration was ended by SIGKILL');
  expect(await reasonOf(run({ args: ['--version'] }))).toBe('killed: tool was ended by SIGKILL');
});
