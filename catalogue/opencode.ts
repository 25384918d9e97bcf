import type { ProviderInput } from '../config/catalogue';

/**
 * OpenCode's providers, with models of its public lists of 2026-11-10. Models come and go within weeks: what a list
 * below lacks, add in your environment file.
 *
 * Since 2026-09-06 OpenCode refuses requests without a session (BerriAI/litellm#39503) and asks clients to say who they
 * are; LiteLLM 1.102 sends neither by itself.
 */
const headers = { 'x-opencode-session': 'litellm-aks', 'User-Agent': 'litellm-aks' };

/**
 * OpenCode Zen, pay as you go. Its free models answer OpenCode's own client only, since 2026-09-17 (403 FreeTierError).
 * Prices: OpenCode's own, in opencode.ai/docs/zen and models.dev, both of April 2026. Cached input costs less.
 */
export const openCodeZen: ProviderInput = {
  protocol: 'openai',
  baseUrl: 'https://opencode.ai/zen/v1',
  apiKeySecret: 'opencode-zen-api-key',
  headers,
  models: [
    { name: 'glm-5.1', inputPrice: 1.4, outputPrice: 4.4 },
    { name: 'kimi-k2.6', inputPrice: 0.95, outputPrice: 4 },
    { name: 'minimax-m2.5', inputPrice: 0.3, outputPrice: 1.2 },
  ],
};

/**
 * OpenCode Go, a subscription; the models that speak OpenAI's dialect. Nobody pays for a token, but OpenCode counts what
 * is used in dollars, and stops at $60 a month: the prices are its rates (opencode.ai/v2/docs/console/go, as LiteLLM
 * 1.109.1 of November 2026 has them), so that budgets divide the subscription and end before it does.
 */
export const openCodeGo: ProviderInput = {
  protocol: 'openai',
  baseUrl: 'https://opencode.ai/zen/go/v1',
  apiKeySecret: 'opencode-go-api-key',
  headers,
  models: [
    { name: 'deepseek-v4-pro', inputPrice: 1.32, outputPrice: 3.96 },
    { name: 'deepseek-v4.1-flash', inputPrice: 0.3, outputPrice: 1.2 },
    { name: 'glm-5.2', inputPrice: 1.4, outputPrice: 4.4 },
    { name: 'glm-5.3', inputPrice: 1.4, outputPrice: 4.4 },
    { name: 'glm-5.3-flash', inputPrice: 0.15, outputPrice: 0.5 },
    { name: 'kimi-k2.7-code', inputPrice: 0.95, outputPrice: 4 },
    { name: 'kimi-k3', inputPrice: 3, outputPrice: 15 },
    { name: 'mimo-v2.5', inputPrice: 0.14, outputPrice: 0.28 },
    { name: 'mimo-v2.5-pro', inputPrice: 0.435, outputPrice: 0.87 },
  ],
};

/** OpenCode Go, the models that speak Anthropic's dialect: no /v1, LiteLLM appends /v1/messages. */
export const openCodeGoAnthropic: ProviderInput = {
  protocol: 'anthropic',
  baseUrl: 'https://opencode.ai/zen/go',
  apiKeySecret: 'opencode-go-api-key',
  headers,
  models: [
    { name: 'minimax-m3', inputPrice: 0.3, outputPrice: 1.2 },
    { name: 'qwen3.7-plus', inputPrice: 0.4, outputPrice: 1.6 },
    { name: 'qwen3.8-flash', inputPrice: 0.15, outputPrice: 0.47 },
    { name: 'qwen3.8-max', inputPrice: 2, outputPrice: 6 },
  ],
};
