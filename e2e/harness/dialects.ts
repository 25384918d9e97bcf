import { randomUUID } from 'node:crypto';

/** What every answer says, in pieces as a stream delivers them. */
export const pieces = ['Hello', ' from', ' upstream'];
export const text = pieces.join('');

/** How a model provider answers. */
export interface Dialect {
  readonly reply: (model: string) => object;
  /** The server-sent events of a stream. */
  readonly events: (model: string) => string[];
}

/** OpenAI's chat completions, which Azure speaks too. Every answer has an id of its own, by which LiteLLM stores spend. */
export const openAi: Dialect = {
  reply: model => ({
    id: `chatcmpl-${randomUUID()}`,
    object: 'chat.completion',
    created: 1,
    model,
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: text } }],
    usage: { prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 },
  }),
  events: model => {
    const id = `chatcmpl-${randomUUID()}`;
    const chunk = (delta: object, finish_reason: string | null = null) =>
      `data: ${JSON.stringify({
        id,
        object: 'chat.completion.chunk',
        created: 1,
        model,
        choices: [{ index: 0, delta, finish_reason }],
      })}\n\n`;
    return [
      chunk({ role: 'assistant', content: '' }),
      ...pieces.map(content => chunk({ content })),
      chunk({}, 'stop'),
      'data: [DONE]\n\n',
    ];
  },
};

/** Anthropic's messages. */
export const anthropic: Dialect = {
  reply: model => message(model, [{ type: 'text', text }], 'end_turn', 3),
  events: model => {
    const event = (type: string, body: object) =>
      `event: ${type}\ndata: ${JSON.stringify({ type, ...body })}\n\n`;
    return [
      event('message_start', { message: message(model, [], null, 0) }),
      event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
      ...pieces.map(piece =>
        event('content_block_delta', { index: 0, delta: { type: 'text_delta', text: piece } }),
      ),
      event('content_block_stop', { index: 0 }),
      event('message_delta', {
        delta: { stop_reason: 'end_turn', stop_sequence: null },
        usage: { output_tokens: 3 },
      }),
      event('message_stop', {}),
    ];
  },
};

function message(model: string, content: object[], stop_reason: string | null, output_tokens: number) {
  return {
    id: `msg_${randomUUID()}`,
    type: 'message',
    role: 'assistant',
    model,
    content,
    stop_reason,
    stop_sequence: null,
    usage: { input_tokens: 5, output_tokens },
  };
}
