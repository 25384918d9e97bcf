import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { openAi } from '../../e2e/harness/dialects';

/** A model provider that takes its time, as real ones do, and always the same. */
export class Provider {
  /** Milliseconds until it answers, or until the first token of a stream. */
  latency = 0;
  /** How many questions it was asked. */
  asked = 0;

  readonly answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    this.asked += 1;
    const { model, stream } = JSON.parse(await text(request));
    if (this.latency > 0) await sleep(this.latency);
    response.writeHead(200, { 'content-type': stream ? 'text/event-stream' : 'application/json' });
    if (stream) for (const event of openAi.events(model)) response.write(event);
    response.end(stream ? undefined : JSON.stringify(openAi.reply(model)));
  };
}
