/**
 * The models that LiteLLM 1.102 prices by their name alone, by the dialect in which they are asked. Source: LiteLLM's
 * own answer, which the end-to-end tests compare (e2e/priced_models.py prints it).
 */
const PRICED: Readonly<Record<string, ReadonlySet<string>>> = {
  azure: words(`
    ada codex-mini computer-use-preview gpt-3.5-turbo gpt-3.5-turbo-0125 gpt-35-turbo gpt-35-turbo-0125
    gpt-35-turbo-1106 gpt-35-turbo-16k gpt-35-turbo-16k-0613 gpt-4 gpt-4-0125-preview gpt-4-0613
    gpt-4-1106-preview gpt-4-32k gpt-4-32k-0613 gpt-4-turbo gpt-4-turbo-2024-04-09
    gpt-4-turbo-vision-preview gpt-4.1 gpt-4.1-2025-04-14 gpt-4.1-mini gpt-4.1-mini-2025-04-14 gpt-4.1-nano
    gpt-4.1-nano-2025-04-14 gpt-4.5-preview gpt-4o gpt-4o-2024-05-13 gpt-4o-2024-08-06 gpt-4o-2024-11-20
    gpt-4o-audio-preview-2024-12-17 gpt-4o-mini gpt-4o-mini-2024-07-18 gpt-4o-mini-audio-preview-2024-12-17
    gpt-5 gpt-5-2025-08-07 gpt-5-chat gpt-5-chat-latest gpt-5-codex gpt-5-mini gpt-5-mini-2025-08-07
    gpt-5-nano gpt-5-nano-2025-08-07 gpt-5-pro gpt-5.1 gpt-5.1-2025-11-13 gpt-5.1-chat
    gpt-5.1-chat-2025-11-13 gpt-5.1-codex gpt-5.1-codex-2025-11-13 gpt-5.1-codex-max gpt-5.1-codex-mini
    gpt-5.1-codex-mini-2025-11-13 gpt-5.2 gpt-5.2-2025-12-11 gpt-5.2-chat gpt-5.2-chat-2025-12-11
    gpt-5.2-codex gpt-5.2-pro gpt-5.2-pro-2025-12-11 gpt-5.3-chat gpt-5.3-codex gpt-5.4 gpt-5.4-2026-03-05
    gpt-5.4-mini gpt-5.4-mini-2026-03-17 gpt-5.4-nano gpt-5.4-nano-2026-03-17 gpt-5.4-pro
    gpt-5.4-pro-2026-03-05 gpt-5.5 gpt-5.5-2026-04-23 gpt-5.5-pro gpt-5.5-pro-2026-04-23 gpt-5.6
    gpt-5.6-luna gpt-5.6-sol gpt-5.6-terra gpt-6-astra gpt-audio-1.5-2026-02-23 gpt-audio-2025-08-28
    gpt-audio-mini gpt-audio-mini-2025-10-06 o1 o1-2024-12-17 o1-mini o1-mini-2024-09-12 o1-preview
    o1-preview-2024-09-12 o3 o3-2025-04-16 o3-deep-research o3-mini o3-mini-2025-01-31 o3-pro
    o3-pro-2025-06-10 o4-mini o4-mini-2025-04-16 text-embedding-3-large text-embedding-3-small
    text-embedding-ada-002
  `),
  openai: words(`
    chat-latest chatgpt-4o-latest codex-mini-latest computer-use-preview daybreak-blue-latest
    daybreak-red-latest gpt-3.5-turbo gpt-3.5-turbo-0125 gpt-3.5-turbo-1106 gpt-3.5-turbo-16k gpt-4
    gpt-4-0125-preview gpt-4-0314 gpt-4-0613 gpt-4-1106-preview gpt-4-turbo gpt-4-turbo-2024-04-09
    gpt-4-turbo-preview gpt-4.1 gpt-4.1-2025-04-14 gpt-4.1-mini gpt-4.1-mini-2025-04-14 gpt-4.1-nano
    gpt-4.1-nano-2025-04-14 gpt-4o gpt-4o-2024-05-13 gpt-4o-2024-08-06 gpt-4o-2024-11-20
    gpt-4o-audio-preview gpt-4o-audio-preview-2024-12-17 gpt-4o-audio-preview-2025-06-03 gpt-4o-mini
    gpt-4o-mini-2024-07-18 gpt-4o-mini-audio-preview gpt-4o-mini-audio-preview-2024-12-17
    gpt-4o-mini-search-preview gpt-4o-mini-search-preview-2025-03-11 gpt-4o-search-preview
    gpt-4o-search-preview-2025-03-11 gpt-5 gpt-5-2025-08-07 gpt-5-chat gpt-5-chat-latest gpt-5-codex
    gpt-5-mini gpt-5-mini-2025-08-07 gpt-5-nano gpt-5-nano-2025-08-07 gpt-5-pro gpt-5-pro-2025-10-06
    gpt-5-search-api gpt-5-search-api-2025-10-14 gpt-5.1 gpt-5.1-2025-11-13 gpt-5.1-chat-latest
    gpt-5.1-codex gpt-5.1-codex-max gpt-5.1-codex-mini gpt-5.2 gpt-5.2-2025-12-11 gpt-5.2-chat-latest
    gpt-5.2-codex gpt-5.2-pro gpt-5.2-pro-2025-12-11 gpt-5.3-chat-latest gpt-5.3-codex gpt-5.4
    gpt-5.4-2026-03-05 gpt-5.4-mini gpt-5.4-mini-2026-03-17 gpt-5.4-nano gpt-5.4-nano-2026-03-17 gpt-5.4-pro
    gpt-5.4-pro-2026-03-05 gpt-5.5 gpt-5.5-2026-04-23 gpt-5.5-pro gpt-5.5-pro-2026-04-23 gpt-5.6
    gpt-5.6-cyber gpt-5.6-luna gpt-5.6-sol gpt-5.6-terra gpt-6-astra gpt-audio gpt-audio-1.5
    gpt-audio-2025-08-28 gpt-audio-mini gpt-audio-mini-2025-10-06 gpt-audio-mini-2025-12-15
    gpt-daybreak-blue-latest gpt-daybreak-red-latest o1 o1-2024-12-17 o1-pro o1-pro-2025-03-19 o3
    o3-2025-04-16 o3-deep-research o3-deep-research-2025-06-26 o3-mini o3-mini-2025-01-31 o3-pro
    o3-pro-2025-06-10 o4-mini o4-mini-2025-04-16 o4-mini-deep-research o4-mini-deep-research-2025-06-26
    text-embedding-3-large text-embedding-3-small text-embedding-ada-002 text-embedding-ada-002-v2
  `),
  anthropic: words(`
    claude-3-7-sonnet-20250219 claude-3-haiku-20240307 claude-3-opus-20240229 claude-4-opus-20250514
    claude-4-sonnet-20250514 claude-fable-5 claude-fable-5-1 claude-haiku-4-5 claude-haiku-4-5-20251001
    claude-mythos-5 claude-mythos-5-1 claude-mythos-preview claude-opus-4-1 claude-opus-4-1-20250805
    claude-opus-4-20250514 claude-opus-4-5 claude-opus-4-5-20251101 claude-opus-4-6 claude-opus-4-6-20260205
    claude-opus-4-7 claude-opus-4-7-20260416 claude-opus-4-8 claude-opus-5 claude-sonnet-4-20250514
    claude-sonnet-4-5 claude-sonnet-4-5-20250929 claude-sonnet-4-6 claude-sonnet-5
  `),
};

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** @param model with its dialect: `azure/gpt-5.6-terra` */
export function hasKnownPrice(model: string): boolean {
  const [dialect = '', name = ''] = model.split(/\/(.*)/s);
  return PRICED[dialect]?.has(name) ?? false;
}

/** All of them, by dialect. */
export const pricedModels = Object.fromEntries(
  Object.entries(PRICED).map(([dialect, names]) => [dialect, [...names]]),
);
