import type { Patience } from '../../verify/patience';

/** For a gateway that does everything at once. */
export const hurry: Patience = {
  every: 0.01,
  cache: 0.05,
  budget: 0.05,
  expiry: 1,
  propagation: 0.05,
  quiet: 0.02,
  batch: 0.02,
  writing: 0.02,
  metrics: 0.05,
};
