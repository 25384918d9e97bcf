import { runInNewContext } from 'node:vm';
import { parseEnvironment } from '../../config/environment';
import { ProblemsError } from '../../config/problem';
import { minimal } from '../fixtures/minimal';

/** What is said of each key, and of no other. */
function problems(file: unknown): Record<string, string> {
  const parsed = parseEnvironment('dev', file);
  return 'problems' in parsed
    ? Object.fromEntries(parsed.problems.map(({ path, message }) => [path, message]))
    : {};
}

class Team {}

test('what looks like an object without keys is refused once, wherever it stands', () => {
  const file = {
    ...minimal,
    tags: new Map([['team', 'platform']]),
    network: new Date(0),
    gateway: { settings: { list: [{ team: new Team() }] } },
  };
  expect(problems(file)).toEqual({
    tags: expect.stringMatching(/^is a Map; use an object in braces/),
    network: expect.stringMatching(/^is a Date;/),
    'gateway.settings.list.0.team': expect.stringMatching(/^is a Team;/),
  });
});

test('what holds itself is named, with what it is', () => {
  const settings: Record<string, unknown> = { deep: [{}] };
  (settings.deep as unknown[])[0] = { settings };
  expect(problems({ ...minimal, gateway: { settings } })).toEqual({
    'gateway.settings.deep.0.settings': expect.stringMatching(/^is gateway\.settings again, which holds it;/),
  });
  const whole: Record<string, unknown> = { ...minimal };
  whole.gateway = { settings: { whole } };
  expect(problems(whole)).toEqual({
    'gateway.settings.whole': expect.stringMatching(/^is the whole environment again/),
  });
});

test('an object of another realm is plain data', () => {
  expect(
    problems(runInNewContext(`(${JSON.stringify({ ...minimal, tags: { team: 'platform' } })})`)),
  ).toEqual({});
});

test('the same object in two places is plain data, and so is one without a prototype', () => {
  const shared = Object.assign(Object.create(null), { team: 'platform' });
  expect(problems({ ...minimal, tags: shared, gateway: { settings: { a: shared, b: [shared] } } })).toEqual(
    {},
  );
});

test('a getter is read once, and what it throws is said of its key', () => {
  let reads = 0;
  const file = {
    ...minimal,
    get tags() {
      reads++;
      return { read: `${reads}` };
    },
  };
  expect(parseEnvironment('dev', file)).toMatchObject({ environment: { tags: { read: '1' } } });
  expect(reads).toBe(1);
  const thrower = {
    ...minimal,
    host: 'x',
    get tags(): never {
      throw new Error('boom at sk-proj-abcdefghijklmnop');
    },
  };
  expect(problems(thrower)).toEqual({
    host: expect.stringMatching(/^is no public host name/),
    tags: 'threw boom at (hidden) when it was read',
  });
});

test('a Proxy that throws is said to', () => {
  const ownKeys = () => {
    throw new Error('boom');
  };
  expect(problems(new Proxy(minimal, { ownKeys }))).toEqual({ '': 'threw boom when it was read' });
});

test('what nobody could look through is refused before it is', () => {
  let deep: object = {};
  for (let level = 0; level < 20_000; level++) deep = { deep };
  expect(Object.values(problems({ ...minimal, gateway: { settings: deep } }))).toContainEqual(
    'is more than 100 levels deep; use fewer',
  );
  let wide: unknown[] = [];
  for (let level = 0; level < 40; level++) wide = [wide, wide];
  expect(problems({ ...minimal, gateway: { settings: { wide } } })).toEqual({
    '': 'holds more than 100000 values',
  });
  const administrators = new Array(2 ** 32 - 1);
  expect(problems({ ...minimal, administrators })).toEqual({
    administrators: 'has more than 100000 entries; use fewer',
  });
});

test('the key __proto__ is not passed over', () => {
  const tags = JSON.parse('{ "__proto__": "x" }');
  expect(problems({ ...minimal, tags })).toEqual({ tags: expect.stringMatching(/^has the key __proto__/) });
});

test('what JSON does not know is refused by its name where anything else may stand', () => {
  const list = [1n, () => 1, Symbol('x'), Number.NaN, undefined];
  expect(problems({ ...minimal, gateway: { settings: { general_settings: { list } } } })).toEqual({
    'gateway.settings.general_settings.list.0': expect.stringMatching(/^is a bigint; use a string, a finite/),
    'gateway.settings.general_settings.list.1': expect.stringMatching(/^is a function; use/),
    'gateway.settings.general_settings.list.2': expect.stringMatching(/^is a symbol; use/),
    'gateway.settings.general_settings.list.3': expect.stringMatching(/^is no finite number; use/),
    'gateway.settings.general_settings.list.4': expect.stringMatching(/^is nothing; use/),
  });
});

test.each(['a\u0000b', 'a\u001b[31mb', 'a\ud800b'])('%j is no text', value => {
  expect(problems({ ...minimal, tags: { value } })).toEqual({
    'tags.value': expect.stringMatching(/^holds a control character or half a character/),
  });
});

test('a message shows neither what moves the cursor nor more than can be read', () => {
  const key = 'k\u001b[2J\n\u202ey';
  const parsed = parseEnvironment('dev', { ...minimal, host: 'x'.repeat(1e6), [key]: 1 });
  const { message } = new ProblemsError('problems' in parsed ? parsed.problems : []);
  expect(message).toContain('k\\u001b[2J\\u000a\\u202ey');
  expect(message).toContain('… (1000002 characters)');
  expect(message.length).toBeLessThan(5000);
});
