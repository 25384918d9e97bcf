import { minimal } from '../fixtures/minimal';
import { problemsIn } from '../helpers/environment';

const reason = 'the table is older than our subscription';
const waive = (...waivers: object[]) => problemsIn({ ...minimal, waivers });

test('a waiver names an invariant and a reason', () => {
  expect(waive({ code: 'class-tier', reason })).toEqual([]);
});

test.each([
  [
    'an invariant that nobody knows',
    { code: 'class-teir', reason },
    'code',
    /no invariant; known are .*class-tier/,
  ],
  ['one that no reason makes right', { code: 'secret-source', reason }, 'code', /cannot be waived/],
  ['without a reason', { code: 'class-tier' }, 'reason', /required/],
  [
    'with a reason that says nothing',
    { code: 'class-tier', reason: ' it is fine                 ' },
    'reason',
    /at least 20/,
  ],
])('%s is refused', (_what, waiver, key, message) => {
  expect(waive(waiver)).toEqual([
    expect.objectContaining({ path: `waivers.0.${key}`, message: expect.stringMatching(message) }),
  ]);
});

test('an invariant is waived once', () => {
  expect(waive({ code: 'class-tier', reason }, { code: 'class-tier', reason })).toEqual([
    expect.objectContaining({ path: 'waivers.1.code', message: expect.stringContaining('waived twice') }),
  ]);
});
