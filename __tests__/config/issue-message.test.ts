import { parseEnvironment } from '../../config/environment';
import type { Problem } from '../../config/problem';
import { minimal } from '../fixtures/minimal';
import { withValue } from '../helpers/objects';

function problemOf(path: string, value: unknown): Problem | undefined {
  const parsed = parseEnvironment('dev', withValue(minimal, path, value));
  return 'problems' in parsed ? parsed.problems.find(problem => problem.path === path) : undefined;
}

test.each([
  ['host', ['a'], 'is a list; use a string'],
  ['gateway.replicas.min', '3', 'is a string; use a number'],
  ['deletionProtection', 'no', 'is a string; use true or false'],
  ['gateway.replicas.min', 1.5, 'is a fraction; use a whole number'],
  ['administrators', {}, 'is an object; use a list'],
  ['gateway.replicas.min', 0, 'is out of range; use at least 2'],
  ['class', 'test', 'is none of the allowed values; use "production" or "development"'],
  [
    'subscriptionId',
    'x',
    'is no subscription id, such as 11111111-2222-4333-8444-555555555555; az account show --query id prints it',
  ],
  ['ingress.acme.email', 'x', 'is no e-mail address, such as platform@example.com'],
])('%s: %j', (path, value, message) => {
  expect(problemOf(path, value)?.message).toBe(message);
});

test('an empty list that needs an entry says how many', () => {
  const parsed = parseEnvironment('dev', { ...minimal, azureOpenAi: { deployments: [] } });
  expect(parsed).toMatchObject({
    problems: [{ path: 'azureOpenAi.deployments', message: 'has too few entries; use at least 1' }],
  });
});
