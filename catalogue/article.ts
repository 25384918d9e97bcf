import type { ProviderInput } from '../config/catalogue';
import { openCodeGo, openCodeGoAnthropic, openCodeZen } from './opencode';

const free = (name: string) => ({ name, inputPrice: 0, outputPrice: 0 });

/**
 * The article's 18 models at OpenCode (with azure-gpt-4o, its 19), nine of which it names. Most have left the lists
 * since, and the free ones refuse every client but OpenCode's own: they show how the article's gateway was wired.
 */
export const articleProviders: Record<string, ProviderInput> = {
  openCodeZen: {
    ...openCodeZen,
    models: ['big-pickle', 'deepseek-v4-flash-free', 'mimo-v2.5-free', 'nemotron-3-ultra-free'].map(free),
  },
  openCodeGo: {
    ...openCodeGo,
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
  },
  openCodeGoAnthropic: {
    ...openCodeGoAnthropic,
    models: ['minimax-m2.5', 'minimax-m2.7', 'qwen3.5-plus', 'qwen3.6-plus', 'qwen3.7-plus', 'qwen3.7-max'],
  },
};
