import { z } from 'zod';
import type { Answer } from './answer';
import { Unexpected } from './unexpected';

const completionSchema = z.object({
  id: z.string().min(1),
  object: z.literal('chat.completion'),
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), reasoning_content: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: z.object({ total_tokens: z.number() }).nullish(),
});

/** A model's answer. */
export interface Completion {
  readonly model: string;
  readonly id: string;
  readonly text: string;
  readonly tokens: number | undefined;
  readonly answer: Answer;
}

/** @throws Unexpected when it is no completion */
export function completed(model: string, answer: Answer): Completion {
  const { id, choices, usage } = answer.expect(200).as(completionSchema);
  const { message, finish_reason } = choices[0] as (typeof choices)[number];
  const text = message.content || message.reasoning_content || '';
  // A model that thinks first may have said nothing when its few tokens were used up.
  if (!text && finish_reason !== 'length') throw new Unexpected('answered 200 with an empty message');
  return { model, id, text, tokens: usage?.total_tokens, answer };
}
