import { hasKnownPrice } from './facts/priced-models';
import { type Breach, type Invariant, type Subject, unless } from './invariant';

/** What LiteLLM cannot price costs 0: its spend is never seen, and `max_budget` of a key or team never reached. */
function checkPrices({ kubernetes }: Subject): Breach[] {
  const unpriced = kubernetes.modelList.filter(
    ({ input_cost_per_token, base_model, model = '' }) =>
      input_cost_per_token === undefined && !hasKnownPrice(base_model ?? model),
  );
  const names = unpriced.map(({ model_name }) => model_name);
  return unless(
    names.length === 0,
    'catalogue',
    `LiteLLM has no price for ${names.join(', ')}: budgets never end for them, spend stays 0; give each an inputPrice and an outputPrice, where 0 says free on purpose`,
  );
}

export const prices: Invariant[] = [{ code: 'model-unpriced', severity: 'warning', check: checkPrices }];
