import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { Checkout } from '../helpers/checkout';
import { root } from '../helpers/environment';

const temporary = mkdtempSync(join(tmpdir(), 'litellm-aks-'));
afterAll(() => rmSync(temporary, { recursive: true }));

const MAIN = `
import { greeting } from 'greeting';
import { word } from './words/word';
export async function main(args: readonly string[], environments: {
  keys(): Iterable<string>;
  get(name: string): unknown;
}): Promise<void> {
  const named = [...environments.keys()].flatMap(name => [name, environments.get(name)]);
  console.log([greeting, word, ...named, ...args].join(' '));
}
`;

/** A program of a few lines, with our launcher. */
function checkout(name: string): Checkout {
  const made = new Checkout(join(temporary, name));
  const packages = join(made.folder, 'node_modules');
  mkdirSync(packages, { recursive: true });
  for (const tool of ['esbuild', 'typescript']) {
    symlinkSync(join(root, 'node_modules', tool), join(packages, tool));
  }
  cpSync(join(root, 'launcher'), join(made.folder, 'launcher'), { recursive: true });
  for (const file of ['run.js', 'package.json', 'config/pasted-secret.ts'])
    cpSync(join(root, file), join(made.folder, file));
  made.write(
    'tsconfig.json',
    '{ "compilerOptions": { "strict": true, "lib": ["es2022"], "skipLibCheck": true, "types": [] } }',
  );
  made.write('tsconfig.program.json', '{ "extends": "./tsconfig", "include": ["main.ts", "environments"] }');
  made.write('node_modules/greeting/package.json', '{ "name": "greeting", "main": "hello" }');
  made.write('node_modules/greeting/hello.js', "exports.greeting = 'hello';");
  made.write('node_modules/greeting/hello.d.ts', 'export const greeting: string;');
  made.write('node_modules/greeting/salut.js', "exports.greeting = 'salut';");
  made.write('words/word.ts', "export const word: string = 'one';");
  made.write('main.ts', `declare const console: { log(line: string): void };${MAIN}`);
  made.write('environments/dev.ts', "export default 'cheap';");
  return made;
}

describe('the program', () => {
  test('is what the sources say, however they are dated and sized', async () => {
    const it = checkout('edited');
    expect(await it.says(['x', 'y'])).toBe('hello one dev cheap x y');
    it.forge('words/word.ts', 'one', 'two');
    expect(await it.says()).toBe('hello two dev cheap');
    it.forge('environments/dev.ts', 'cheap', 'quick');
    expect(await it.says()).toBe('hello two dev quick');
    it.forge('words/word.ts', 'two', 'one');
    expect(await it.says()).toBe('hello one dev quick');
  });

  test('has the environments that there are', async () => {
    const it = checkout('environments');
    await it.says();
    it.write('environments/prod.ts', "export default 'dear';");
    expect(await it.says()).toBe('hello one dev cheap prod dear');
    renameSync(join(it.folder, 'environments/dev.ts'), join(it.folder, 'environments/test.ts'));
    expect(await it.says()).toBe('hello one prod dear test cheap');
  });

  test('has no environments of what is no file, or hidden, like the locks of an editor', async () => {
    const it = checkout('no-environments');
    it.write('environments/.hidden.ts', "export default 'hidden';");
    it.write('environments/folder.ts/inner.ts', "export default 'inner';");
    symlinkSync('somebody@somewhere.4711', join(it.folder, 'environments/.#dev.ts'));
    symlinkSync('nowhere.ts', join(it.folder, 'environments/dangling.ts'));
    it.write('shared.ts', "export default 'shared';");
    symlinkSync('../shared.ts', join(it.folder, 'environments/linked.ts'));
    expect(await it.says()).toBe('hello one dev cheap linked shared');
    it.forge('shared.ts', 'shared', 'common');
    expect(await it.says()).toBe('hello one dev cheap linked common');
  });

  test('has the packages that are installed, whoever changed them', async () => {
    const it = checkout('packages');
    await it.says();
    it.forge('node_modules/greeting/hello.js', "'hello'", "'howdy'");
    expect(await it.says()).toBe('howdy one dev cheap');
    it.forge('node_modules/greeting/package.json', 'hello', 'salut');
    expect(await it.says()).toBe('salut one dev cheap');
  });

  test('is neither bundled nor checked again while nothing changed', async () => {
    const it = checkout('kept');
    await it.says();
    for (const tool of ['esbuild', 'typescript']) rmSync(join(it.folder, 'node_modules', tool));
    expect(await it.says()).toBe('hello one dev cheap');
    it.forge('words/word.ts', 'one', 'two');
    expect((await it.run()).status).toBe(1);
  });

  test('says what is not installed, as any other error, and does not fall over it', async () => {
    const it = checkout('unchecked');
    rmSync(join(it.folder, 'node_modules/typescript'));
    const { status, err } = await it.run();
    expect(err).toBe("Error: Cannot find module 'typescript/package.json'\nDoes npm ci install it?\n");
    expect(status).toBe(1);
  });

  test('is not kept when it is made of what lies elsewhere, which the next run would not see change', async () => {
    const it = checkout('elsewhere');
    const other = join(temporary, 'elsewhere.ts');
    writeFileSync(other, "export const word = 'one';");
    it.write('words/word.ts', "export { word } from '../../elsewhere';");
    expect(await it.says()).toBe('hello one dev cheap');
    writeFileSync(other, "export const word = 'two';");
    expect(await it.says()).toBe('hello two dev cheap');
  });

  test('is not kept when it was edited while it was made', async () => {
    const it = checkout('race');
    const word = join(it.folder, 'words/word.ts');
    rmSync(join(it.folder, 'node_modules/esbuild'));
    it.write('node_modules/esbuild/package.json', '{}');
    it.write(
      'node_modules/esbuild/index.js',
      `const esbuild = require(${JSON.stringify(join(root, 'node_modules/esbuild'))});
       const { writeFileSync } = require('node:fs');
       exports.build = options => {
         writeFileSync(${JSON.stringify(word)}, "export const word: string = 'two';");
         return esbuild.build(options);
       };`,
    );
    expect(await it.says()).toBe('hello two dev cheap');
    it.write('words/word.ts', "export const word: string = 'one';");
    rmSync(join(it.folder, 'node_modules/esbuild'), { recursive: true });
    symlinkSync(join(root, 'node_modules/esbuild'), join(it.folder, 'node_modules/esbuild'));
    expect(await it.says()).toBe('hello one dev cheap');
  });
});

describe('types', () => {
  test('that are wrong are said every time, and nothing is run', async () => {
    const it = checkout('types');
    await it.says();
    it.write('words/word.ts', 'export const word: string = 7;');
    for (const _time of ['first', 'second']) {
      const { status, said, err } = await it.run();
      expect({ status, said }).toEqual({ status: 1, said: '' });
      expect(err).toContain(
        "words/word.ts(1,14): error TS2322: Type 'number' is not assignable to type 'string'.",
      );
      expect(err).toMatch(/Error: the types are wrong, nothing was run\n$/);
    }
    it.write('words/word.ts', "export const word: string = 'seven';");
    expect(await it.says()).toBe('hello seven dev cheap');
  });

  test('of what is no TypeScript are wrong, too', async () => {
    const it = checkout('syntax');
    it.write('words/word.ts', 'export const word = ;');
    const { status, said, err } = await it.run();
    expect({ status, said }).toEqual({ status: 1, said: '' });
    expect(err).toMatch(
      /^Error: 1 problem, nothing was run\n\n {2}words\/word\.ts:1:21\n {4}problem {2}Unexpected ";"\n$/m,
    );
    expect(err).toContain('words/word.ts(1,21): error TS1109: Expression expected.');
    expect(err).not.toMatch(/^ +at /m);
  });

  test('of a package that is not installed: npm may do so', async () => {
    const it = checkout('missing');
    it.write('words/word.ts', "export { word } from 'words-of-others';");
    const { status, said, err } = await it.run();
    expect({ status, said }).toEqual({ status: 1, said: '' });
    expect(err).toMatch(/Could not resolve "words-of-others"\nDoes npm ci install it\?$/m);
  });
});

describe('a credential', () => {
  const key = 'sk-proj-abcdefghijklmnop';
  const cutOff = `eyJ${'a'.repeat(200)}.eyJ${'b'.repeat(400)}.c`;

  test.each([
    ['a value', `const size: 'small' | 'large' = '${key}';`, /TS2322: Type '"\(hidden\)"' is not assignable/],
    [
      'a value that TypeScript cuts off',
      `const size: 'small' = '${cutOff}';`,
      /Type '"\(hidden\)\.\.\.' is not/,
    ],
    ['several words', `const size: 'small' = 'Bearer ${key}';`, /Type '"\(hidden\)"' is not assignable/],
    ['a key', `const size: { small?: 1 } = { '${key}': 1 };`, /TS2353: .* and ''\(hidden\)'' does not exist/],
    [
      'what its key alone gives away, in any marks',
      `const given = { size: 'large', apiKey: 'abcdefgh', api_key: "it's abcdefgh", 'x-api-key': 'so \\'abcdefgh' } as const;
       const size: 'small' = given;`,
      /readonly size: 'large'; readonly apiKey: '\(hidden\)'; readonly api_key: "\(hidden\)"; readonly 'x-api-key': '\(hidden\)'; }'/,
    ],
    [
      'one of several of a key',
      "const size: 'small' = {} as { token?: 'abcdefgh' | 'abcdefgh-2'; size: 'large' };",
      /\{ token\?: "\(hidden\)" \| "\(hidden\)" \| undefined; size: "large"; \}/,
    ],
    [
      'the value of a property that it named before',
      "const given = { apiKey: 'abcdefgh' } as const;\nconst size: { apiKey: 'small' } = given;",
      /property 'apiKey' are incompatible\.\n +Type '"\(hidden\)"' is not/,
    ],
  ])('is not repeated by TypeScript as %s', async (_as, line, message) => {
    const it = checkout(`credential-${_as}`);
    it.write('words/word.ts', `${line}\nexport const word = String(size);`);
    const { status, said, err } = await it.run();
    expect({ status, said }).toEqual({ status: 1, said: '' });
    expect(err).toMatch(message);
    expect(err).not.toMatch(/abcdefgh|aaaaaaaa|bbbbbbbb/);
  });
});

describe('the cache', () => {
  test('is not trusted: cut off, of another time, or with a letter changed', async () => {
    const it = checkout('damaged');
    await it.says(['synth']);
    const names = ['program', 'imports', 'inputs', 'packages', 'packages-synth', 'program-synth'];
    expect(readdirSync(it.cache).sort()).toEqual([...names, 'map', 'types.tsbuildinfo'].sort());
    const old = new Map(names.map(name => [name, readFileSync(join(it.cache, name))]));

    it.forge('words/word.ts', 'one', 'two');
    it.write('node_modules/greeting/hello.js', "exports.greeting = require('./howdy');");
    it.write('node_modules/greeting/howdy.js', "module.exports = 'howdy';");
    for (const name of names) {
      expect(await it.says(['synth'])).toBe('howdy two dev cheap synth');
      const file = join(it.cache, name);
      const good = readFileSync(file);
      for (const bad of [good.subarray(0, good.length - 7), old.get(name) ?? '', changed(good)]) {
        writeFileSync(file, bad);
        expect(await it.says(['synth'])).toBe('howdy two dev cheap synth');
      }
    }
  });

  /** Still a script, or a list: that says something else. */
  function changed(content: Buffer): Buffer {
    const text = content.toString('latin1').replaceAll('two', 'six').replaceAll('howdy', 'hello');
    return Buffer.from(text.replaceAll('greeting/', 'grieving/'), 'latin1');
  }

  test.each([
    ['cut off', (content: Buffer) => content.subarray(0, content.length / 2)],
    ['emptied', () => Buffer.alloc(0)],
    ['filled with zeros', (content: Buffer) => Buffer.alloc(content.length)],
  ])('hides no wrong type from TypeScript, whose memory was %s', async (_damage, damage) => {
    const it = checkout(`memory-${_damage}`);
    await it.says();
    const memory = join(it.cache, 'types.tsbuildinfo');
    writeFileSync(memory, damage(readFileSync(memory)));
    it.write('words/word.ts', 'export const word: string = 7;');
    expect((await it.run()).err).toContain('words/word.ts(1,14): error TS2322');
    it.write('words/word.ts', "export const word: string = 'six';");
    expect(await it.says()).toBe('hello six dev cheap');
  });

  test('may be read and written by several runs at once, and holds nothing half written', async () => {
    const it = checkout('crowd');
    const crowd = () => Promise.all(Array.from({ length: 3 }, () => it.says()));
    expect(new Set(await crowd())).toEqual(new Set(['hello one dev cheap']));
    it.forge('words/word.ts', 'one', 'two');
    expect(new Set(await crowd())).toEqual(new Set(['hello two dev cheap']));
    expect(readdirSync(it.cache).sort()).toEqual([
      'imports',
      'inputs',
      'map',
      'packages',
      'packages-program',
      'program',
      'program-program',
      'types.tsbuildinfo',
    ]);
  });

  test('that cannot be written costs time and nothing else', async () => {
    const it = checkout('unwritable');
    it.write('node_modules/.cache', 'a file where the folder belongs');
    for (const word of ['one', 'two']) {
      it.write('words/word.ts', `export const word: string = '${word}';`);
      expect(await it.says()).toBe(`hello ${word} dev cheap`);
    }
  });

  test('of a Node with other options is not used, and is still there for one without', async () => {
    const it = checkout('options');
    await it.says();
    const names = readdirSync(it.cache);
    const kept = () => names.map(name => readFileSync(join(it.cache, name), 'latin1'));
    const before = kept();
    expect(await it.run([], { options: ['--no-opt', '--max-lazy'] })).toMatchObject({
      status: 0,
      said: 'hello one dev cheap',
    });
    expect(kept()).toEqual(before);
    expect(readdirSync(it.cache).filter(name => !names.includes(name))).toEqual([
      'packages-program-options',
      'program-program-options',
    ]);
  });
});

test('a defect comes with a stack of our sources, late or early', async () => {
  const it = checkout('defect');
  it.write(
    'words/word.ts',
    "export const word = 'one';\nexport function fail(): never { throw new RangeError('so'); }",
  );
  it.write('main.ts', "import { fail } from './words/word';\nexport async function main() {\n  fail();\n}");
  const late = await it.run();
  expect(late).toMatchObject({ status: 1, said: '' });
  expect(late.err).toMatch(
    /^RangeError: so\n {4}at fail \(words\/word\.ts:2:39\)\n {4}at main \(main\.ts:3:3\)\n/,
  );

  it.write('words/later.ts', "import { fail } from './word';\n\nexport const later = fail();");
  it.write('main.ts', "import { later } from './words/later';\nexport const main = async () => later;");
  expect((await it.run()).err).toMatch(/^RangeError: so\n.*\n {4}at words\/later\.ts:3:22\n/);
});

test('a defect that is no Error, or an Error without more, is called one once', async () => {
  const it = checkout('errors');
  it.write('main.ts', "export async function main() {\n  throw new Error('so');\n}");
  expect((await it.run()).err).toMatch(/^Error: so\n {4}at main \(main\.ts:2:9\)\n/);
  it.write('main.ts', "export async function main() {\n  throw 'so';\n}");
  expect(await it.run()).toMatchObject({ status: 1, err: 'Error: so\n' });
});

describe('Node', () => {
  const it = checkout('node');
  const runOn = (version: string) => {
    it.write('node.js', `Object.defineProperty(process.versions, 'node', { value: '${version}' });`);
    return it.run([], { options: ['--require', join(it.folder, 'node.js')] });
  };

  test.each(['18.20.8', '20.8.1', '10.24.1'])('%s is told to be too old', async version => {
    const { status, said, err } = await runOn(version);
    expect({ status, said }).toEqual({ status: 1, said: '' });
    expect(err).toBe(`Error: Node ${version} is too old: litellm-aks needs 20.9 or newer\n`);
  });

  test.each(['20.9.0', '22.0.0', '24.1.0'])('%s is not', async version => {
    expect(await runOn(version)).toMatchObject({ status: 0, err: '' });
  });

  test('of long ago can read who says so', () => {
    const script = readFileSync(join(root, 'run.js'), 'utf8');
    const lowered = (target: string) => transformSync(script, { target }).code;
    expect(lowered('node10')).toBe(lowered('esnext'));
  });
});
