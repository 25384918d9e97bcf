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
  ['artcile', 'article'],
])('%s means %s', (given, meant) => {
  expect(similar(given, known)).toBe(meant);
});

test.each(['', 'p', 'x', 'test', 'env', 'staging'])('%j means none of them', given => {
  expect(similar(given, known)).toBeUndefined();
});

test('the nearest is meant where several are near', () => {
  expect(similar('dev3', ['stage', 'dev1', 'development'])).toBe('dev1');
});

test('where there are none, none is meant', () => {
  expect(similar('dev', [])).toBeUndefined();
});
