import { parse } from 'yaml';
import { fromYaml, toYaml } from '../../contract/yaml';

/** What YAML 1.1 or 1.2 takes for something else than a string, as far as nobody quotes it. */
const MISTAKABLE = [
  ...['true', 'True', 'yes', 'NO', 'on', 'n', 'y', 'null', '~', ''],
  ...['0', '0775', '0o7', '0x1F', '0b1', '1_000', '+1', '1:30', '190:20:30'],
  ...['1.5', '.5', '1.', '1e3', '6e-7', '6.0e-7', '1_0.5', '.inf', '-.INF', '.nan'],
  ...['2026-11-22', '2001-12-14t21:59:43.10-05:00', '=', '<<'],
];
/** What YAML means something by. */
const MARKED = [
  '- a',
  '? a',
  'a: b',
  'a #b',
  '#a',
  '[a',
  '{a',
  '&a',
  '*a',
  '!a',
  '|',
  '>',
  '@a',
  '%a',
  ' a',
  'a ',
];
const TEXTS = ['a\n', 'a\nb', 'a\n\n', '  a\nb', 'a \nb', '\ta', 'a\r\nb', '\n', `${'long '.repeat(90)}end`];
const VISIBLE = [
  'word',
  'a b',
  "it's",
  '"quoted"',
  'é',
  '😀',
  '\u0085',
  '\u2028',
  '\u0007',
  '(known after apply)',
];

test.each([
  ...MISTAKABLE,
  ...MARKED,
  ...TEXTS,
  ...VISIBLE,
])('a string is the same to every reader, as key, value and entry: %j', text => {
  const value = { of: { [text]: text, list: [text, { [text]: text }] } };
  const written = toYaml(value);
  const readers = ['1.1', '1.2'].map(version => parse(written, { version: version as '1.1' | '1.2' }));
  expect([...readers, ...fromYaml(written)]).toEqual([value, value, value]);
});

test('what only looks like a number is quoted, and what is one is not', () => {
  const values = { word: 'a', text: '1_000', version: '2024-10-21', number: 1000, price: 6e-7, yes: true };
  expect(toYaml(values)).toBe(
    'word: a\ntext: "1_000"\nversion: "2024-10-21"\nnumber: 1000\nprice: 6.e-7\n"yes": true\n',
  );
});

test('a line is as long as its value, and a text of several lines has them', () => {
  const line = 'word '.repeat(60).trim();
  expect(toYaml({ line, lines: 'one\ntwo\n' })).toBe(`line: ${line}\nlines: |\n  one\n  two\n`);
});

test('what occurs twice is written twice', () => {
  const same = { a: 1 };
  expect(toYaml({ first: same, second: same })).toBe('first:\n  a: 1\nsecond:\n  a: 1\n');
});

test('a field that nobody gave is left out', () => {
  expect(toYaml({ list: [{ a: undefined, b: null }] })).toBe('list:\n  - b: null\n');
});

test('what is read is what readers of YAML 1.1 take it for', () => {
  expect(fromYaml('a: yes\nb: 0775\n---\nc: 6e-7\nd: "no"\n')).toEqual([
    { a: true, b: 509 },
    { c: '6e-7', d: 'no' },
  ]);
});

test('what is no YAML is told with line and column', () => {
  expect(() => fromYaml('a: [')).toThrow(/\(\d+:\d+\)/);
});
