import type { ProviderInput } from '../config/catalogue';

/**
 * Since 2026-09-06 OpenCode Go refuses requests without a session (BerriAI/litellm#39503) and asks clients to say who
 * they are; LiteLLM 1.102 sends neither by itself.
 */
const headers = { 'x-opencode-session': 'litellm-aks', 'User-Agent': 'litellm-aks' };

/**
 * OpenCode Zen. Its free models have answered OpenCode's own client only since 2026-09-17 (403 FreeTierError): they
 * stand here because the article serves them.
 */
export const openCodeZen: ProviderInput = {
  protocol: 'openai',
  baseUrl: 'https://opencode.ai/zen/v1',
  apiKeySecret: 'opencode-zen-api-key',
  headers,
  models: ['big-pickle', 'deepseek-v4-flash-free', 'mimo-v2.5-free', 'nemotron-3-ultra-free'],
};

/** OpenCode Go, the models that speak OpenAI's dialect. */
export const openCodeGo: ProviderInput = {
  protocol: 'openai',
  baseUrl: 'https://opencode.ai/zen/go/v1',
  apiKeySecret: 'opencode-go-api-key',
  headers,
  models: [
    'glm-5.1',
    'glm-5',
    'kimi-k2.6',
    'kimi-k2.5',
    'deepseek-v4-pro',
    'deepseek-v4-flash',
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
  models: ['minimax-m2.5', 'minimax-m2.7', 'qwen3.5-plus', 'qwen3.6-plus', 'qwen3.7-plus', 'qwen3.7-max'],
};
