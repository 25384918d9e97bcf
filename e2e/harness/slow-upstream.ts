import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A request as it came through the ingress. */
interface Seen {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly bytes: number;
}

/** What stands behind an ingress in the place of LiteLLM: it streams when it is told to, is silent for long, and echoes. */
export class SlowUpstream {
  readonly seen: Seen[] = [];
  private release = () => {};

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => void this.answer(request, response));
    server.on('upgrade', (_request, socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
      socket.pipe(socket);
    });
  }

  /** @param address to listen at */
  static async start(address = '127.0.0.1'): Promise<SlowUpstream> {
    const server = createServer();
    const upstream = new SlowUpstream(server);
    await new Promise<void>(resolve => server.listen(0, address, resolve));
    return upstream;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  /** Lets the stream send its next piece. */
  sendNext(): void {
    this.release();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let bytes = 0;
    for await (const chunk of request) bytes += (chunk as Buffer).length;
    const { url = '', headers } = request;
    this.seen.push({ path: url, headers, bytes });
    const { pathname, searchParams } = new URL(url, 'http://any');
    if (pathname === '/v1/stream') return this.stream(response);
    if (pathname === '/v1/silent') await sleep(Number(searchParams.get('seconds')) * 1000);
    response.end('answered');
  }

  /** Three pieces; each of them after the first waits for `sendNext`, so a proxy that collects them waits for ever. */
  private async stream(response: ServerResponse): Promise<void> {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const piece of ['one', 'two', 'three']) {
      const released = new Promise<void>(resolve => {
        this.release = resolve;
      });
      response.write(`data: ${piece}\n\n`);
      if (piece !== 'three') await released;
    }
    response.end();
  }
}
