import { Answer } from '../answer';
import type { Check } from '../check';
import { completed } from '../completion';
import { join } from '../gateway';
import { inParallel } from '../parallel';
import type { Session } from '../session';
import { Unexpected } from '../unexpected';

/** How many models are asked at once. */
const CONCURRENCY = 6;

/** What clients come for. */
export const chatChecks: readonly Check[] = [
  {
    id: 'chat.completion',
    title: 'a model answers',
    expected: 'a completion at /v1/chat/completions',
    needs: ['models.list'],
    run: async session => {
      const { model, text, answer } = await session.completion();
      return `${model} in ${answer.seconds.toFixed(3)} s: ${excerpt(text)}`;
    },
  },
  {
    id: 'chat.every-model',
    title: 'every model answers',
    expected: 'a completion of each model in the list',
    needs: ['chat.completion'],
    run: async session => {
      const models = await session.models();
      const first = (await session.completion()).model;
      const others = models.filter(model => model !== first);
      // One line for all that are refused for the same reason: a provider's limit stops many models at once.
      const refused = new Map<string, string[]>();
      await inParallel(others, CONCURRENCY, async model => {
        const reason = await refusal(session, model);
        if (reason) refused.set(reason, [...(refused.get(reason) ?? []), model]);
      });
      if (refused.size === 0) return `all ${models.length}`;
      const count = [...refused.values()].flat().length;
      const reasons = [...refused].map(([reason, names]) => `${names.join(', ')} ${reason}`);
      throw new Unexpected(`${count} of ${models.length} do not: ${reasons.join('; ')}`);
    },
  },
  {
    id: 'chat.stream',
    title: 'an answer is streamed as it is made',
    expected: 'more than one piece, the first before the last, and [DONE]',
    needs: ['chat.completion'],
    run: stream,
  },
  {
    id: 'chat.usage',
    title: 'an answer says how many tokens it took',
    expected: 'usage.total_tokens above 0',
    needs: ['chat.completion'],
    run: async session => {
      const { tokens } = await session.completion();
      if (!tokens) throw new Unexpected(tokens === undefined ? 'no usage' : `${tokens} tokens`);
      return `${tokens} tokens`;
    },
  },
  {
    id: 'chat.traceable',
    title: 'an answer names its call and the deployment that gave it',
    expected: 'headers x-litellm-call-id and x-litellm-model-id',
    needs: ['chat.completion'],
    run: async session => {
      const { headers } = (await session.completion()).answer;
      const missing = ['x-litellm-call-id', 'x-litellm-model-id'].filter(name => !headers[name]);
      if (missing.length > 0) throw new Unexpected(`no ${missing.join(', no ')}`);
      return `call ${headers['x-litellm-call-id']}`;
    },
  },
  {
    id: 'chat.unknown-model',
    title: 'a model that nobody serves is refused',
    expected: "400 or 404, and an error in OpenAI's form",
    needs: ['models.list'],
    run: async ({ administrator }) => {
      const answer = await administrator.chat('no-such-model', 'Hello?');
      return refusedProperly(answer.expect(400, 404));
    },
  },
  {
    id: 'chat.malformed',
    title: "a request that is no JSON is the client's mistake",
    expected: "400 or 422, and an error in OpenAI's form",
    needs: ['models.list'],
    run: async ({ administrator }) => {
      const answer = await administrator.postText('/v1/chat/completions', '{"model":');
      return refusedProperly(answer.expect(400, 422));
    },
  },
];

async function stream(session: Session): Promise<string> {
  const { model } = await session.completion();
  const started = performance.now();
  const { status, headers, chunks } = await session.administrator.stream(model, session.prompt('stream'));
  const elapsed = () => (performance.now() - started) / 1000;
  if (status !== 200)
    throw new Unexpected(new Answer(status, headers, await join(chunks), elapsed()).summary);
  const type = headers['content-type'] ?? 'none';
  if (!type.startsWith('text/event-stream'))
    throw new Unexpected(`content type ${type}: nothing is streamed`);
  let text = '';
  let first: number | undefined;
  for await (const chunk of chunks) {
    text += chunk;
    if (first === undefined && /^data: \{/m.test(text)) first = elapsed();
  }
  const last = elapsed();
  const events = text.match(/^data: \{/gm)?.length ?? 0;
  if (!/^data: \[DONE\]/m.test(text))
    throw new Unexpected(`${events} events, and no [DONE]: the stream broke off`);
  if (events < 2 || first === undefined)
    throw new Unexpected(`${events} events: the answer came in one piece`);
  return `${events} events, the first after ${first.toFixed(3)} s, the last after ${last.toFixed(3)} s`;
}

async function refusal(session: Session, model: string): Promise<string | undefined> {
  try {
    completed(model, await session.administrator.chat(model, session.prompt(`model ${model}`)));
  } catch (error) {
    session.signal.throwIfAborted();
    // A provider names its own model in what it says.
    return (error as Error).message.replaceAll(model, '<model>');
  }
  return undefined;
}

function refusedProperly(answer: Answer): string {
  if (!answer.errorType) throw new Unexpected(`${answer.summary}; without error.type`);
  return answer.summary;
}

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (!line) return '(cut off before its first word)';
  return line.length > 40 ? `"${line.slice(0, 40)}…"` : `"${line}"`;
}
