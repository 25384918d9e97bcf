import { Answer } from './answer';
import { type Endpoint, type Question, type Response, request } from './request';

/** Enough for any model to say something, and next to nothing to pay. */
const MAX_TOKENS = 16;

/** What the gateway said when it refused something. */
interface Refusal {
  /** Method and path. */
  readonly asked: string;
  readonly status: number;
  readonly text: string;
}

/** What passed between the suite and the gateway, over all clients of a run. */
export interface Traffic {
  /** Completions that a provider was asked for: answered, and not from the cache. */
  upstreamCalls: number;
  readonly refusals: Refusal[];
}

export interface GatewayProps {
  readonly endpoint: Endpoint;
  /** Without one, nothing is sent in its place. */
  readonly key?: string;
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
  readonly traffic: Traffic;
}

/** A client of LiteLLM's API with a key. */
export class Gateway {
  constructor(private readonly props: GatewayProps) {}

  get(path: string): Promise<Answer> {
    return this.ask({ path });
  }

  post(path: string, body: object): Promise<Answer> {
    return this.ask({ path, method: 'POST', body: JSON.stringify(body) });
  }

  /** A body that nobody should send. */
  postText(path: string, body: string): Promise<Answer> {
    return this.ask({ path, method: 'POST', body });
  }

  /** Asks a model one question. */
  async chat(model: string, prompt: string, more: object = {}): Promise<Answer> {
    const answer = await this.post('/v1/chat/completions', completion(model, prompt, more));
    if (answer.status === 200 && !answer.headers['x-litellm-cache-key']) this.props.traffic.upstreamCalls++;
    return answer;
  }

  /** The same, answered bit by bit. */
  async stream(model: string, prompt: string): Promise<Response> {
    const body = JSON.stringify(completion(model, prompt, { stream: true }));
    const response = await this.open({ path: '/v1/chat/completions', method: 'POST', body });
    if (response.status === 200) this.props.traffic.upstreamCalls++;
    return response;
  }

  private async ask(question: Pick<Question, 'path' | 'method' | 'body'>): Promise<Answer> {
    const started = performance.now();
    const { status, headers, chunks } = await this.open(question);
    const text = await join(chunks);
    if (status >= 400) {
      const asked = `${question.method ?? 'GET'} ${question.path}`;
      this.props.traffic.refusals.push({ asked, status, text });
    }
    return new Answer(status, headers, text, (performance.now() - started) / 1000);
  }

  private open(question: Pick<Question, 'path' | 'method' | 'body'>): Promise<Response> {
    const { endpoint, key, timeoutSeconds, signal } = this.props;
    const headers = {
      ...(key && { authorization: `Bearer ${key}` }),
      ...(question.body !== undefined && {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(question.body)),
      }),
    };
    return request(endpoint, { ...question, headers, timeoutSeconds, signal });
  }
}

/** A body, put together. */
export async function join(chunks: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
}

function completion(model: string, prompt: string, more: object): object {
  return { model, messages: [{ role: 'user', content: prompt }], max_tokens: MAX_TOKENS, ...more };
}
