import { z } from 'zod';

/** What a model costs, where LiteLLM does not know. */
export const priceSchema = {
  /**
   * USD per million input tokens; 0 where it is free. LiteLLM knows the prices of OpenAI's and Anthropic's models by their
   * names; any other costs 0 without this, and budgets never end.
   */
  inputPrice: z.number().min(0).optional(),
  /** USD per million output tokens. */
  outputPrice: z.number().min(0).optional(),
};
