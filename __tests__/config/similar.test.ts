import { similar } from '../../config/similar';

const known = ['article', 'dev', 'prod'];

test.each([
  ['pord', 'prod'],
  ['prd', 'prod'],
  ['prodd', 'prod'],
  ['brod', 'prod'],
  ['devv', 'dev'],
  ['deb', 'dev'],
  ['production', 'prod'],
  ['art', 'article'],
  ['aritcel', 'article'],
])('%s means %s', (given, meant) => {
  expect(similar(given, known)).toBe(meant);
});

test.each(['', 'p', 'x', 'test', 'env', 'drop', 'articulate'])('%j means none of them', given => {
  expect(similar(given, known)).toBeUndefined();
});

test('the nearest is meant where several are near', () => {
  expect(similar('dev2', ['dev1', 'dev'])).toBe('dev');
  expect(similar('dve1', ['dev2', 'dev1'])).toBe('dev1');
});
