import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { FakeKeys, MASTER_KEY, Refusal } from './fake-keys';

// biome-ignore lint/suspicious/noExplicitAny: bodies of an API that this project does not own
type Body = any;

interface Ask {
  readonly body: Body;
  readonly query: (name: string) => string;
  readonly token: string | undefined;
  readonly response: ServerResponse;
}

/** Returns the answer, or undefined when it has answered itself. */
type Handler = (ask: Ask) => unknown;

/** What a broken gateway does in place of the right thing; true when it has answered. */
export type Mischief = (request: IncomingMessage, response: ServerResponse, body: Body) => boolean;

const PRICE = 0.0001;

/**
 * As much of LiteLLM 1.102's API as the suite asks, with the answers that the real one gives to the same questions
 * (e2e/verify-report.test.ts runs the suite against that).
 */
export class FakeGateway {
  readonly models = ['first-model', 'second-model'];
  readonly database = new FakeKeys();
  mischief: Mischief = () => false;
  private readonly cache = new Map<string, object>();
  private readonly logs = new Map<string, object>();
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));

  static async start(): Promise<FakeGateway> {
    const gateway = new FakeGateway();
    gateway.server.listen(0, '127.0.0.1');
    await once(gateway.server, 'listening');
    return gateway;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    if (this.server.listening) await once(this.server.close(), 'close');
  }

  private readonly open: Readonly<Record<string, Handler>> = {
    '/health/liveliness': () => "I'm alive!",
    '/health/readiness': () => ({ status: 'healthy', db: 'connected' }),
    '/.well-known/litellm-ui-config': () => ({ admin_ui_disabled: false }),
    '/ui/': ({ response }) => void response.end('<!DOCTYPE html><html></html>'),
    '/openapi.json': () => ({ openapi: '3.1.0', paths: { '/v1/models': {} } }),
    '/v2/login': () => {
      throw new Refusal(401, 'auth_error', 'Invalid credentials used to access UI.');
    },
    '/v1/models': ({ token }) => this.list(token),
    '/models': ({ token }) => this.list(token),
    '/v1/chat/completions': ask => this.complete(ask),
    '/key/info': ({ token }) => {
      const { alias: key_alias, models, spend } = this.database.find(token);
      return { info: { key_alias, models, spend } };
    },
  };

  private readonly closed: Readonly<Record<string, Handler>> = {
    '/health/readiness/details': () => ({ litellm_version: '1.102.0' }),
    '/get/config/callbacks': () => ({ status: 'success' }),
    '/cache/ping': () => ({ status: 'healthy', cache_type: 'redis' }),
    '/metrics/': ({ response }) =>
      void response.end(`# TYPE litellm_requests counter\nlitellm_requests{model="${this.models[0]}"} 1\n`),
    '/model/info': () => ({ data: this.models.map(model => ({ litellm_params: { model } })) }),
    '/key/generate': ({ body }) => ({ key: this.database.make(body) }),
    '/key/update': ({ body }) => {
      this.database.find(body.key).models = body.models;
      return {};
    },
    '/key/delete': ({ body }) => ({ deleted_keys: this.database.delete(body.keys, body.key_aliases) }),
    '/key/list': ({ query }) => {
      const aliases = [...this.database.keys.values()].map(({ alias }) => alias);
      const found = aliases.filter(alias => alias.includes(query('key_alias')));
      return { keys: found.map(key_alias => ({ key_alias })) };
    },
    '/team/new': ({ body }) => {
      this.database.teams.set(body.team_id, body.models);
      return body;
    },
    '/team/info': ({ query }) => ({
      team_id: query('team_id'),
      team_info: { models: this.database.teams.get(query('team_id')) },
    }),
    '/team/list': () => [],
    '/v2/team/list': () => ({ teams: [...this.database.teams.keys()].map(team_id => ({ team_id })) }),
    '/team/delete': ({ body }) => body.team_ids.map((id: string) => this.database.teams.delete(id)),
    '/user/new': ({ body }) => {
      this.database.users.set(body.user_id, body.user_role);
      return body;
    },
    '/user/info': ({ query }) => ({
      user_id: query('user_id'),
      user_info: { user_role: this.database.users.get(query('user_id')) },
    }),
    '/user/list': () => ({ users: [...this.database.users.keys()].map(user_id => ({ user_id })) }),
    '/user/delete': ({ body }) => body.user_ids.map((id: string) => this.database.users.delete(id)),
    '/spend/logs': ({ query }) => [this.logs.get(query('request_id'))].filter(Boolean),
  };

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = parse(await text(request));
    if (this.mischief(request, response, body)) return;
    const url = new URL(request.url ?? '', 'http://any');
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    response.setHeader('x-content-type-options', 'nosniff').setHeader('x-frame-options', 'DENY');
    try {
      const guarded = this.closed[url.pathname];
      if (guarded) this.database.administrator(token);
      const answer = (guarded ?? this.open[url.pathname] ?? notFound)({
        body,
        query: name => url.searchParams.get(name) ?? '',
        token,
        response,
      });
      if (answer !== undefined) send(response, 200, answer);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { status, type, message } = error;
      send(response, status, { error: { message, type, code: `${status}` } });
    }
  }

  private list(token: string | undefined): object {
    const { models } = token === MASTER_KEY ? this : this.database.find(token);
    return { object: 'list', data: (models.length > 0 ? models : this.models).map(id => ({ id })) };
  }

  private complete({ body, token, response }: Ask): unknown {
    const key = token === MASTER_KEY ? undefined : this.database.find(token);
    if (body === undefined) throw new Refusal(400, 'invalid_request_error', 'Invalid JSON payload');
    if (Array.isArray(body)) throw new Refusal(500, 'internal_server_error', 'Internal server error');
    if (key) this.database.admit(key, body.model);
    if (!this.models.includes(body.model))
      throw new Refusal(400, 'invalid_request_error', 'Invalid model name');
    const id = `chatcmpl-${randomUUID()}`;
    if (body.stream) return stream(response, id);
    const question = JSON.stringify([body.model, body.messages]);
    const cached = body.cache?.['no-cache'] ? undefined : this.cache.get(question);
    const choices = [{ finish_reason: 'stop', message: { content: 'Hello!' } }];
    const answer = cached ?? { id, object: 'chat.completion', choices, usage: { total_tokens: 8 } };
    this.cache.set(question, answer);
    this.logs.set(id, { model_group: body.model, spend: PRICE, total_tokens: 8 });
    if (key) key.spend += PRICE;
    response.setHeader('x-litellm-call-id', id).setHeader('x-litellm-model-id', body.model);
    response.setHeader('x-litellm-response-cost', String(PRICE));
    if (cached) response.setHeader('x-litellm-cache-key', id);
    return answer;
  }
}

export function send(response: ServerResponse, status: number, content: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
}

function notFound(): never {
  throw new Refusal(404, 'not_found', 'Not Found');
}

function stream(response: ServerResponse, id: string): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const content of ['Hel', 'lo']) {
    response.write(`data: ${JSON.stringify({ id, choices: [{ delta: { content } }] })}\n\n`);
  }
  response.end('data: [DONE]\n\n');
}

function parse(raw: string): Body {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}
