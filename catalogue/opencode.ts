import type { ProviderInput } from '../config/catalogue';

/**
 * OpenCode's providers, with models of its public lists of 2026-11-10. Models come and go within weeks: what a list
 * below lacks, add in your environment file.
 *
 * Since 2026-09-06 OpenCode refuses requests without a session (BerriAI/litellm#39503) and asks clients to say who they
 * are; LiteLLM 1.102 sends neither by itself.
 */
const headers = { 'x-opencode-session': 'litellm-aks', 'User-Agent': 'litellm-aks' };

/** OpenCode Zen, pay as you go. Its free models answer OpenCode's own client only, since 2026-09-17 (403 FreeTierError). */
export const openCodeZen: ProviderInput = {
  protocol: 'openai',
  baseUrl: 'https://opencode.ai/zen/v1',
  apiKeySecret: 'opencode-zen-api-key',
  headers,
  models: ['glm-5.1', 'kimi-k2.6', 'minimax-m2.5'],
};

/** OpenCode Go, a subscription; the models that speak OpenAI's dialect. */
export const openCodeGo: ProviderInput = {
  protocol: 'openai',
  baseUrl: 'https://opencode.ai/zen/go/v1',
  apiKeySecret: 'opencode-go-api-key',
  headers,
  models: [
    'deepseek-v4-pro',
    'deepseek-v4.1-flash',
    'glm-5.2',
    'glm-5.3',
    'glm-5.3-flash',
    'kimi-k2.7-code',
    'kimi-k3',
    'mimo-v2.5',
    'mimo-v2.5-pro',
  ],
};

/** OpenCode Go, the models that speak Anthropic's dialect: no /v1, LiteLLM appends /v1/messages. */
export const openCodeGoAnthropic: ProviderInput = {
  protocol: 'anthropic',
  baseUrl: 'https://opencode.ai/zen/go',
  apiKeySecret: 'opencode-go-api-key',
  headers,
  models: ['minimax-m3', 'qwen3.7-plus', 'qwen3.8-flash', 'qwen3.8-max'],
};
