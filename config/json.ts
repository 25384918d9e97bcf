import { z } from 'zod';

/** Any JSON value, for what LiteLLM or an integration of its own knows and this schema does not. */
export const json = z.json();
