import type { EnvironmentFile } from '../../config/settings';
import { minimal } from '../fixtures/minimal';
import { environmentOf } from '../helpers/environment';

/** How many times one model's 600 s a request may take. */
function timesOneModel(catalogue: Partial<EnvironmentFile['catalogue']>): number {
  const { acme } = minimal.catalogue.providers;
  const providers = { acme: { ...acme, models: ['a', 'b', 'c', 'd'] } };
  return environmentOf({ ...minimal, catalogue: { providers, ...catalogue } }).deadlines.answerSeconds / 600;
}

test.each([
  ['no fallback', {}, 1],
  ['two fallbacks of one model', { fallbacks: { a: ['b', 'c'] } }, 3],
  ['a fallback of a fallback', { fallbacks: { a: ['b'], b: ['c'] } }, 3],
  ['the longest of several chains', { fallbacks: { a: ['b'], b: ['c', 'd'], d: ['c'] } }, 4],
  ['a circle, in which each is asked once', { fallbacks: { a: ['b'], b: ['a'] } }, 2],
  ['the fallback of an alias', { aliases: { old: 'b' }, fallbacks: { a: ['old'], b: ['c'] } }, 3],
  // LiteLLM refuses a whole answer, too, after it has waited for it.
  ['a model for what a filter refused', { contentPolicyFallbacks: { a: ['b'] } }, 2],
  ['one after the other', { fallbacks: { a: ['b'] }, contentPolicyFallbacks: { b: ['c'] } }, 3],
])('a request may take the time of every model that it is sent to: %s', (_, catalogue, times) => {
  expect(timesOneModel(catalogue)).toBe(times);
});
