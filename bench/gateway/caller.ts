import { readFileSync } from 'node:fs';
import { Agent, type IncomingMessage, type RequestOptions, request } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import { performance } from 'node:perf_hooks';
import { pieces } from '../../e2e/harness/dialects';
import { servicesAddress } from '../../e2e/harness/network';

/** Milliseconds from the question. */
interface Timing {
  /** Until the first token could be read. */
  readonly first: number;
  /** Until all of the answer was there. */
  readonly whole: number;
}

/** A client that keeps its connections, as applications do, and does little else: it shares the machine with what it times. */
export class Caller {
  private constructor(
    private readonly options: RequestOptions,
    private readonly send: typeof request,
    private readonly model: string,
  ) {}

  /** Of a gateway's pod. */
  static ofPod(url: string, key: string, model: string): Caller {
    const { hostname, port } = new URL(url);
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const options = { hostname, port, path: '/v1/chat/completions', headers };
    return new Caller({ ...options, agent: new Agent({ keepAlive: true }) }, request, model);
  }

  /** Of the provider itself, as the gateway calls it. */
  static ofProvider(baseUrl: string, ca: string, model: string): Caller {
    const { hostname: servername, pathname } = new URL(baseUrl);
    const agent = new TlsAgent({ keepAlive: true, ca: readFileSync(ca), servername });
    const headers = { host: servername, 'content-type': 'application/json' };
    const options = { hostname: servicesAddress, path: `${pathname}/chat/completions`, headers, agent };
    return new Caller(options, tlsRequest, model);
  }

  /** @throws Error for any answer but 200, with what it said */
  async ask(prompt: string, stream = false): Promise<Timing> {
    const body = { model: this.model, messages: [{ role: 'user', content: prompt }], stream };
    const started = performance.now();
    const response = await this.post(JSON.stringify(body));
    let first: number | undefined;
    let answer = '';
    for await (const piece of response) {
      answer += piece;
      if (answer.includes(pieces[0] ?? '')) first ??= performance.now() - started;
    }
    const { statusCode } = response;
    if (statusCode !== 200 || first === undefined) throw new Error(`${statusCode} ${answer}`);
    return { first, whole: performance.now() - started };
  }

  private post(body: string): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      this.send({ ...this.options, method: 'POST' }, resolve)
        .on('error', reject)
        .end(body);
    });
  }
}
