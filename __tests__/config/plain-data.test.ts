import { parseEnvironment } from '../../config/environment';
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

test('the same object in two places is plain data, and so is one without a prototype', () => {
  const shared = Object.assign(Object.create(null), { team: 'platform' });
  expect(problems({ ...minimal, tags: shared, gateway: { settings: { a: shared, b: [shared] } } })).toEqual(
    {},
  );
});
