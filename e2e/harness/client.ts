import { ownConnection } from './own-connection';
import type { Pod } from './pod';

/** What a caller gets back. */
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: answers of an API that this project does not own
  readonly body: any;
}

/** A client of the gateway, with a key. */
export class Client {
  constructor(
    private readonly pod: Pick<Pod, 'url'>,
    private readonly key: string,
  ) {}

  get(path: string): Promise<Answer> {
    return this.send(path);
  }

  post(path: string, body: object): Promise<Answer> {
    return this.send(path, body);
  }

  /** Asks a model one question. */
  chat(model: string, prompt: string, more: object = {}): Promise<Answer> {
    return this.post('/v1/chat/completions', {
      model,
      messages: [{ role: 'user', content: prompt }],
      ...more,
    });
  }

  /** The same as a stream, as it arrives. */
  async *stream(model: string, prompt: string, more: object = {}): AsyncGenerator<string> {
    const body = { model, messages: [{ role: 'user', content: prompt }], stream: true, ...more };
    const response = await this.fetch('/v1/chat/completions', body);
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    for await (const chunk of response.body ?? []) yield Buffer.from(chunk).toString();
  }

  private async send(path: string, body?: object): Promise<Answer> {
    const response = await this.fetch(path, body);
    const content = await response.text();
    const json = response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(content) : content };
  }

  private fetch(path: string, body?: object): Promise<Response> {
    const authorization = `Bearer ${this.key}`;
    const headers = { ...ownConnection, authorization, 'content-type': 'application/json' };
    const method = body ? 'POST' : 'GET';
    return fetch(this.pod.url + path, { method, headers, body: body && JSON.stringify(body) });
  }
}

/** The text of a stream's pieces, put together. */
export function joinStream(events: string): string {
  return events
    .split('\n')
    .flatMap(line => /^data: (\{.*)/.exec(line)?.[1] ?? [])
    .map(data => JSON.parse(data).choices[0]?.delta?.content ?? '')
    .join('');
}
