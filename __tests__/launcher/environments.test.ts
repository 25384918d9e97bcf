import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyOfProject } from '../helpers/checkout';
import { root } from '../helpers/environment';

const temporary = mkdtempSync(join(tmpdir(), 'litellm-aks-'));
afterAll(() => rmSync(temporary, { recursive: true }));

/** This project, with the environment dev and whatever a test adds. */
const project = copyOfProject(join(temporary, 'project'));

beforeEach(() => {
  rmSync(join(project.folder, 'environments'), { recursive: true, force: true });
  rmSync(join(project.folder, 'dist'), { recursive: true, force: true });
  mkdirSync(join(project.folder, 'environments'));
  cpSync(join(root, 'environments', 'dev.ts'), join(project.folder, 'environments', 'dev.ts'));
});

const TYPED = "import type { EnvironmentFile } from '../config/settings';\n";

const write = (name: string, content: string) => project.write(`environments/${name}.ts`, content);

/** A command line that is expected to fail and to write nothing, and what it says. */
async function refusal(...args: string[]): Promise<string> {
  const { status, said, err } = await project.run(args);
  expect({ status, said }).toEqual({ status: 1, said: '' });
  expect(existsSync(join(project.folder, 'dist'))).toBe(false);
  expect(err).not.toMatch(/^\s+at /m);
  return err;
}

test('a typed file is checked like any other, and no mistake is said twice', async () => {
  const mistakes = `{ organisation: 'contoso', location: 'eastus2', host: 'LLM',
    network: { addressSpace: '10.0.0.1/16', podCIDR: '10.1.0.0/16' }, ingress: { acme: { email: 'x' } } }`;
  write('bad', `${TYPED}const bad: EnvironmentFile = ${mistakes};\nexport default bad;`);
  const err = await refusal('synth', 'bad');
  write('bad', `export default ${mistakes};`);
  expect(err).toBe(await refusal('synth', 'bad'));
  expect(err).toMatch(/^Error: 7 problems, nothing was written\n/);
  expect(err).toContain('  environments/bad.ts: network.podCIDR\n    given    "10.1.0.0/16"\n');
});

test('a type that is wrong where no key is stands beside them, and its credentials are hidden', async () => {
  write(
    'bad',
    `${TYPED}const count: 1 | 2 = 'Bearer abcdefghijklmnop';\nconst bad: EnvironmentFile = { host: String(count) };\nexport default bad;`,
  );
  const err = await refusal('synth', 'bad');
  expect(err).toContain(
    `  environments/bad.ts:2:7: count\n    problem  TS2322: Type '"(hidden)"' is not assignable to type '1 | 2'.\n`,
  );
  expect(err).toContain('  environments/bad.ts: location\n    given    nothing\n');
  expect(err).not.toContain('abcdefgh');
});

test('a value of the key that TypeScript points at is hidden where its message does not name the key', async () => {
  write('bad', "export const given: { apiKey: 'small' } = { apiKey: 'abcdefgh' };\nexport default {};");
  const err = await refusal('synth', 'bad');
  expect(err).toContain(
    `: apiKey\n    problem  TS2322: Type '"(hidden)"' is not assignable to type '"(hidden)"'.\n`,
  );
});

test('a type that is wrong in what only environments import is their mistake', async () => {
  project.write('catalogue/mine.ts', 'export const size: string = 7;');
  write('bad', "import { size } from '../catalogue/mine';\nexport default { host: size };");
  expect(await refusal('synth', 'bad')).toContain('  catalogue/mine.ts:1:14: size\n    problem  TS2322: ');
  expect(await project.run(['synth', 'dev'])).toMatchObject({ status: 0, err: '' });
});

test('a type that is wrong and nothing else keeps the environment from being written', async () => {
  write(
    'dev2',
    "import dev from './dev';\nconst more: number = 'x';\nexport default { ...dev, tags: { more } };",
  );
  expect(await refusal('synth', 'dev2')).toMatch(
    /^Error: 1 problem, .*\n\n {2}environments\/dev2\.ts:2:7: more\n/,
  );
});

test('a file without a value is a problem of its environment', async () => {
  const files = {
    throws: ["\nthrow new Error('boom');", 'threw boom (line 2)'],
    throwsNoError: ["throw 'boom';", 'threw boom'],
    missesVariable: [
      'export default { host: process.env.NO_SUCH!.trim() };',
      "threw Cannot read properties of undefined (reading 'trim') (line 1)",
    ],
    repeatsKey: ["throw new Error('no sk-proj-abcdefghijklmnop');", 'threw no (hidden) (line 1)'],
    throwsElsewhere: [
      "import { fail } from '../catalogue/fail';\nexport default fail();",
      'threw far (catalogue/fail.ts, line 1)',
    ],
    isHalfWritten: ['export default { host: ;', 'cannot be read: Unexpected ";" (line 1)'],
    importsAbsent: [
      "import 'left-pad';",
      'cannot be read: environments/importsAbsent.ts imports "left-pad", which is not installed; npm install adds a package',
    ],
    importsNothing: ["import './nosuch';", 'cannot be read: Could not resolve "./nosuch" (line 1)'],
  };
  project.write('catalogue/fail.ts', "export function fail(): never { throw new Error('far'); }");
  for (const [name, [content = '']] of Object.entries(files)) write(name, content);
  const err = await refusal('synth', ...Object.keys(files));
  expect(err).toMatch(/^Error: 8 problems, nothing was written\n/);
  for (const [name, [, message]] of Object.entries(files)) {
    expect(err).toContain(`  environments/${name}.ts\n    problem  ${message}\n`);
  }
});

test('files that import each other are told so, not what follows from it, and every time', async () => {
  const importing = (other: string) =>
    `import other from './${other}';\nexport default { ...other, organization: other.organization };`;
  write('one', importing('two'));
  write('two', importing('one'));
  write('three', importing('one'));
  for (const _time of ['bundled', 'as before']) {
    const err = await refusal('synth');
    expect(err).toMatch(/^Error: 3 problems/);
    for (const name of ['one', 'two', 'three'])
      expect(err).toContain(`environments/${name}.ts\n    problem  cannot`);
    expect(err).toContain(
      'problem  cannot be read: environments/one.ts imports environments/two.ts imports environments/one.ts; put',
    );
  }
  expect((await project.run(['synth', 'dev'])).status).toBe(0);
});

test('a file that ends the process ends no command with success', async () => {
  write('quiet', 'process.exit(0);\nexport default {};');
  const err = await refusal('synth', 'quiet');
  expect(err).toContain(
    'environments/quiet.ts\n    problem  threw process.exit, which would end the whole run',
  );
  expect(err).toContain('(line 1)');
  write('quiet', 'export default { get host(): string { return process.exit(0); } };');
  expect(await refusal('synth', 'quiet')).toMatch(/^Error: the command was ended before it was done;/);
});

test('a file that would end the run, or lead it elsewhere, is told so, and none is passed over for its name', async () => {
  const calls = {
    reallyExit: ['reallyExit(0)', 'would end the whole run'],
    abort: ['abort()', 'would end the whole run'],
    kill: ['kill(process.pid)', 'would end the whole run'],
    chdir: ["chdir('/')", 'would write dist/ elsewhere'],
  };
  for (const [name, [call]] of Object.entries(calls)) write(name, `\n(process as any).${call};`);
  write('two\nlines', 'export default {};');
  const err = await refusal('synth');
  for (const [name, [, why]] of Object.entries(calls)) {
    expect(err).toMatch(`environments/${name}.ts\n    problem  threw process.${name}, which ${why}`);
  }
  expect(err.match(/; (leave it out|use absolute paths) \(line 2\)/g)).toHaveLength(4);
  expect(err).toContain('given    "two\\nlines"\n    problem  is no environment name;');
});

test('a file that may not be read is a problem of its environment alone', async () => {
  const { unreadableEnvironments } = require(join(root, 'launcher/late-environments'));
  const text = 'Cannot read file "environments/prod.ts": permission denied';
  // As esbuild says it, of the line that imports the environment: who runs the tests may be root, and read anything.
  const bundle = async (name: string) => {
    const location = { file: '<stdin>', line: 1, column: 7 };
    if (name === 'prod') throw Object.assign(new Error('Build failed'), { errors: [{ text, location }] });
  };
  const found = await unreadableEnvironments(['dev', 'prod'], bundle);
  expect([...found.keys()]).toEqual(['prod']);
  expect(found.get('prod')).not.toContain('stdin');
  expect(found.get('prod')).toContain('permission denied');
});

test('a link to itself is no environment, and keeps none from its commands', async () => {
  symlinkSync('loop.ts', join(project.folder, 'environments/loop.ts'));
  expect(await refusal('synth', 'loop')).toContain(
    'environments: loop\n    problem  is no environment; the folder holds dev\n',
  );
  expect(await refusal('synth', 'environments/Dev.ts', 'https://dev.example.com')).toMatch(
    /is no environment; did you mean dev\? The folder holds dev\n[\s\S]*is a URL, which only verify takes, with --url; did you mean dev\? The/,
  );
  expect(await project.run(['cost', 'dev'])).toMatchObject({ status: 0, err: '' });
});

test('a file that environments import and that cannot be read is their mistake', async () => {
  project.write('catalogue/broken.ts', 'export const models = {\n  name: ;\n};');
  project.write('catalogue/wrong.ts', "export const size: number = 'x';");
  write(
    'half',
    "import { models } from '../catalogue/broken';\nimport '../catalogue/wrong';\nexport default models;",
  );
  write('lost', "import { models } from '../catalogue/nosuch';\nexport default models;");
  project.write('catalogue/cut.json', '{\n  "models": ');
  write('cut', "import models from '../catalogue/cut.json';\nexport default models;");
  expect(await refusal('synth', 'cut')).toMatch(
    /cannot be read: .*JSON.* \(catalogue\/cut\.json, line \d\)\n$/,
  );
  expect(await refusal('synth', 'half', 'lost')).toMatch(
    /^Error: 2 problems, nothing was written\n\n {2}environments\/half\.ts\n {4}problem {2}cannot be read: Unexpected ";" \(catalogue\/broken\.ts, line 2\)\n\n {2}environments\/lost\.ts\n {4}problem {2}cannot be read: Could not resolve "\.\.\/catalogue\/nosuch" \(line 1\)\n$/,
  );
  expect(await project.run(['synth', 'dev'])).toMatchObject({ status: 0, err: '' });
  for (const file of ['broken.ts', 'wrong.ts', 'cut.json']) rmSync(join(project.folder, 'catalogue', file));
});

test.each([
  ['Ctrl-C', 'SIGINT'],
  ['a terminal that is closed', 'SIGHUP'],
] as const)('%s ends a file that never ends', async (_, signal) => {
  write('endless', "console.log('begun');\nfor (;;) {}\nexport default {};");
  const run = spawn(process.execPath, [join(project.folder, 'run'), 'synth', 'endless'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    // A process that never ends is a red test, and not one without an end.
    timeout: 30_000,
    killSignal: 'SIGKILL',
  });
  run.stdout.once('data', () => run.kill(signal));
  expect(await once(run, 'exit')).toEqual([null, signal]);
});

test('Ctrl-C that comes after the files are read lets the files be written', async () => {
  write(
    'late',
    `import dev from './dev';\nexport default { ...dev, get host(): string {\n  process.kill(process.pid, 'SIGINT');\n  return 'llm.example.com';\n} };`,
  );
  expect(await project.run(['synth', 'late'])).toMatchObject({ status: 0 });
  expect(readdirSync(join(project.folder, 'dist/kubernetes'))).toEqual(['late']);
});

test('mistakes in one file keep no other environment from its commands, and all of them from none', async () => {
  write('half', 'export default { host: ;');
  write('types', "const nodes: number = 'three';\nexport default { nodes };");
  write('thrower', "throw new Error('boom');");
  write('absent', "import 'left-pad';");
  expect(await project.run(['--help'])).toMatchObject({ status: 0, err: '' });
  expect(await project.run(['cost', 'dev'])).toMatchObject({ status: 0, err: '' });
  const all = await refusal('synth');
  for (const name of ['half', 'types', 'thrower', 'absent'])
    expect(all).toContain(`  environments/${name}.ts`);
});

test('a command works in the project, wherever one stands, and takes paths from there', async () => {
  project.write('environments/dev.outputs.json', '{}');
  const elsewhere = join(project.folder, 'catalogue');
  const refused = await project.run(['synth', 'dev'], { cwd: elsewhere });
  expect(refused.err).toContain('  environments/dev.outputs.json\n');
  rmSync(join(project.folder, 'environments/dev.outputs.json'));
  expect(await project.run(['synth', 'dev'], { cwd: elsewhere })).toMatchObject({ status: 0, err: '' });
  expect(readdirSync(join(project.folder, 'dist')).sort()).toEqual(['kubernetes', 'terraform']);
  expect(existsSync(join(elsewhere, 'dist'))).toBe(false);

  const env = { CDKTF_OUTDIR: 'out', CDK8S_OUTDIR: join(temporary, 'out') };
  expect(await project.run(['synth', 'dev'], { cwd: elsewhere, env })).toMatchObject({ status: 0, err: '' });
  expect(existsSync(join(elsewhere, 'out/stacks/dev'))).toBe(true);
  expect(existsSync(join(temporary, 'out/dev'))).toBe(true);
  const standing = { cwd: elsewhere, env: { LITELLM_MASTER_KEY: 'sk-1234' } };
  const { err } = await project.run(['verify', 'dev', '--ca', 'no.pem'], standing);
  expect(err).toContain(`--ca\n    given    ${join(elsewhere, 'no.pem')}\n`);
  const nowhere = await project.run(['verify', 'dev', '--junit', 'no/x.xml'], standing);
  expect(nowhere.err).toContain(`there is no folder ${join(elsewhere, 'no')}`);
});
