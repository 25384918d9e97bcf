import type { Answer } from '../answer';
import type { Check } from '../check';
import { Inapplicable } from '../inapplicable';
import { Unexpected } from '../unexpected';

const needs = ['keys.create'];

/** Less than any answer costs. */
const BUDGET = 1e-9;

/** What keeps a key from spending too much, or too fast. */
export const limitChecks: readonly Check[] = [
  {
    id: 'keys.budget',
    title: 'a key whose budget is used up is refused',
    // 429 up to LiteLLM 1.103, 422 from 1.104 on, 400 long ago: what stays is the type.
    expected: '429, 422 or 400, budget_exceeded',
    needs,
    run: async session => {
      const { model, answer: first } = await session.completion();
      if (cost(first) === 0) {
        throw new Inapplicable(`${model} has no price, so LiteLLM counts 0 for it and its budgets never end`);
      }
      const client = session.as(await session.made.key('budget', { models: [model], max_budget: BUDGET }));
      // Something to pay for; LiteLLM counts it after it has answered, and may refuse it beforehand.
      let calls = 0;
      const attempt = async () => {
        const answer = await client.chat(model, session.prompt(`budget ${++calls}`));
        return answer.status === 200 ? undefined : answer;
      };
      const answer = await session.waitFor(attempt, session.patience.budget);
      if (!answer) throw new Unexpected(`${calls} answers on a budget of ${BUDGET} dollars, and still open`);
      if (answer.expect(429, 422, 400).errorType !== 'budget_exceeded') throw new Unexpected(answer.summary);
      return answer.summary;
    },
  },
  {
    id: 'keys.rate-limit',
    title: 'a key that asks too often is refused',
    expected: '429 for the second request of a minute with rpm_limit 1',
    needs,
    run: async session => {
      const { model } = await session.completion();
      const client = session.as(await session.made.key('rate', { models: [model], rpm_limit: 1 }));
      const answers: Answer[] = [];
      // A third one, for when a new minute begins between the first two.
      for (let count = 0; count < 3 && answers.at(-1)?.status !== 429; count++) {
        answers.push((await client.chat(model, session.prompt('rate'))).expect(200, 429));
      }
      const last = answers.at(-1) as Answer;
      if (last.status !== 429) throw new Unexpected(`${answers.length} requests in a row were let in`);
      return last.summary;
    },
  },
];

/** Dollars, as LiteLLM counts them; 0 when it does not say. */
export function cost({ headers }: Answer): number {
  return Number(headers['x-litellm-response-cost']) || 0;
}
