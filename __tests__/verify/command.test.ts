import { runProgram } from '../../commands/program';
import { FakeGateway } from '../helpers/fake-gateway';
import { MASTER_KEY } from '../helpers/fake-keys';
import { testHost } from '../helpers/host';
import { Tools } from '../helpers/tools';

/** A command line, and everything that it says. */
async function run(...args: string[]) {
  const host = testHost({ env: { LITELLM_MASTER_KEY: MASTER_KEY } });
  const exitCode = await runProgram(['verify', ...args], host).catch(
    (error: Error & { exitCode?: number }) => {
      host.err(error.message);
      return error.exitCode ?? 1;
    },
  );
  return { exitCode, ...host.said, everything: [...host.said.out, ...host.said.err].join('\n') };
}

test.each([
  ['neither environment nor URL', [], /name an environment, or a gateway with --url/],
  ['both', ['dev', '--url', 'https://llm.example.com'], /one of the two/],
  [
    'an environment that does not exist',
    ['nosuch'],
    /is no environment; the folder holds article, dev, prod/,
  ],
  ['no URL', ['--url', 'llm.example.com'], /--url\n.*takes a URL such as/],
  ['a URL with a path', ['--url', 'https://llm.example.com/v1'], /https:\/\/llm\.example\.com$/m],
  [
    'a check that does not exist',
    ['dev', '--only', 'keyz,cache'],
    /--only\n +given +keyz,cache\n +problem +"keyz": no such check or group; there are\n +address .*\n/,
  ],
  [
    'a time that is none',
    ['dev', '--timeout', '0'],
    /--timeout\n +given +0\n +problem +takes 1 to 600 seconds/,
  ],
  [
    'an address that is none',
    ['dev', '--resolve', 'localhost'],
    /--resolve\n +given +localhost\n +problem +takes an IP address/,
  ],
  [
    'certificates that are not there',
    ['dev', '--ca', '/nowhere.pem'],
    /--ca\n +given +\/nowhere\.pem\n +problem +cannot be read: ENOENT/,
  ],
  ['a report for nowhere', ['dev', '--junit', '/nowhere/verify.xml'], /there is no folder \/nowhere/],
  ['certificates that are none', ['dev', '--ca', __filename], /holds no certificate in PEM form/],
])('%s is refused, with what to write instead', async (_, args, message) => {
  const { exitCode, everything } = await run(...args);
  expect(exitCode).toBe(1);
  expect(everything).toMatch(message);
  expect(everything).not.toMatch(/^\s+at /m);
});

test.each([
  [['dev', '--master-key', 'sk-secret-9876']],
  [['dev', '--master-key=sk-secret-9876']],
  [['sk-secret-9876']],
  [['dev', '--master-key-env', 'sk-secret-9876']],
  [['--url', 'https://user:sk-secret-9876@llm.example.com']],
  [['https://user:sk-secret-9876@llm.example.com']],
  [['--url', 'https://llm.example.com/?key=sk-secret-9876']],
])('a key on the command line is refused, and not repeated: %j', async args => {
  const { exitCode, everything } = await run(...args);
  expect(exitCode).toBe(1);
  expect(everything).toMatch(
    /export LITELLM_MASTER_KEY|takes no user and no password|which only verify takes, with --url|without path and query/,
  );
  expect(everything).not.toContain('9876');
});

test('everything that is wrong is said at once, of the options and of the environment', async () => {
  const { exitCode, err } = await run(
    'nosuch',
    ...[
      '--only',
      'keyz',
      '--skip',
      'teamz',
      '--resolve',
      'here',
      '--address',
      'there',
      '--dns-server',
      'dns',
    ],
    ...[
      '--timeout',
      'soon',
      '--ca',
      '/nowhere.pem',
      '--junit',
      '/nowhere/verify.xml',
      '--pod-url',
      'one',
      '--pod-url',
      'two',
    ],
  );
  expect(exitCode).toBe(1);
  const said = err.join('\n');
  expect(said).toMatch(/^11 problems\n/);
  for (const where of [
    '--timeout',
    '--only',
    '--skip',
    '--resolve',
    '--address',
    '--dns-server',
    '--ca',
    '--junit',
  ]) {
    expect(said).toMatch(new RegExp(`^ {2}${where}$`, 'm'));
  }
  expect(said.match(/^ {2}--pod-url$/gm)).toHaveLength(2);
  expect(said).toContain('environments: nosuch\n');
});

test('neither environment nor URL is said with what else is wrong', async () => {
  const { err } = await run('--timeout', 'soon');
  expect(err.join('\n')).toMatch(/^2 problems\n\n {2}verify\n[\s\S]* {2}--timeout\n {4}given {4}soon\n/);
});

test('Ctrl-C while az is asked for the master key is no missing key', async () => {
  const tools = new Tools();
  tools.node('az', 'setTimeout(() => {}, 20000);');
  const host = testHost({ env: { PATH: tools.folder } });
  const verifying = runProgram(['verify', 'dev'], host);
  setTimeout(host.interrupt, 200);
  await expect(verifying).rejects.toThrow('no master key');
  expect(host.said).toEqual({ out: [], err: [] });
  tools.remove();
});

test('the help says where the key comes from, what is sent, and how it ends', async () => {
  const { exitCode, everything } = await run('--help');
  expect(exitCode).toBe(0);
  for (const words of [/LITELLM_MASTER_KEY/, /16\s+tokens/, /130 after Ctrl-C/, /--junit <file>/]) {
    expect(everything).toMatch(words);
  }
  expect(everything).not.toContain('--master-key [key]');
});

test('options reach the run', async () => {
  const gateway = await FakeGateway.start();
  const { exitCode, out } = await run(
    '--url',
    gateway.url,
    '--only',
    'models.list,chat.usage',
    '--model',
    'second-model',
  );
  expect(exitCode).toBe(0);
  expect(out.join('\n')).toMatch(/passed {2}chat\.completion +\S+ s {2}second-model in/);
  await gateway.stop();
});
