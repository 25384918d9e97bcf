import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { verifiedClaims } from './service-account-token';

export const authorityHost = 'login.microsoftonline.com';

/** What LiteLLM asks tokens for, as the services' documentation names them. */
export const scopes = {
  redis: 'https://redis.azure.com/.default',
  openAi: 'https://cognitiveservices.azure.com/.default',
  postgres: 'https://ossrdbms-aad.database.windows.net/.default',
} as const;

/** Who may get tokens: an identity and what its federated credential trusts. */
interface Trust {
  readonly tenant: string;
  readonly client: string;
  readonly subject: string;
  readonly audience: string;
}

export interface Issued {
  readonly scope: string;
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

export interface EntraProps {
  readonly trust: Trust;
  /** Seconds that a token for the scope is valid. */
  readonly lifetime: (scope: string) => number;
  /** Makes a service accept a token, before the pod has it. */
  readonly onIssue: (issued: Issued) => void;
}

/** Entra's token endpoint, as far as a pod with a workload identity uses it. */
export class Entra {
  readonly issued: Issued[] = [];
  /** Requests that were refused, and why. */
  readonly refused: string[] = [];
  private readonly lasting = new Map<string, Issued>();

  constructor(private readonly props: EntraProps) {}

  /** Tokens for a scope, oldest first. */
  tokens(scope: string): string[] {
    return this.issued.filter(issued => issued.scope === scope).map(({ token }) => token);
  }

  /**
   * Issues one token for the scope and repeats it until this is called again: all pods log in to PostgreSQL as one
   * role, which has one password.
   */
  renew(scope: string): Issued {
    const issued = this.issue(scope);
    this.lasting.set(scope, issued);
    return issued;
  }

  readonly answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const form = new URLSearchParams(await readText(request));
    const problem = this.problem(request, form);
    const send = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (problem) {
      this.refused.push(problem);
      return send(401, { error: 'invalid_client', error_description: problem });
    }
    const scope = form.get('scope') ?? '';
    const { token, expires } = this.lasting.get(scope) ?? this.issue(scope);
    const expires_in = Math.floor((expires - Date.now()) / 1000);
    send(200, { token_type: 'Bearer', expires_in, ext_expires_in: expires_in, access_token: token });
  };

  private issue(scope: string): Issued {
    const expires = Date.now() + this.props.lifetime(scope) * 1000;
    const claims = { aud: scope, exp: Math.floor(expires / 1000), jti: randomUUID() };
    const content = [{ alg: 'none' }, claims].map(part =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    );
    const issued = { scope, token: [...content, 'e2e'].join('.'), expires };
    this.props.onIssue(issued);
    this.issued.push(issued);
    return issued;
  }

  private problem({ method, url }: IncomingMessage, form: URLSearchParams): string | undefined {
    const { tenant, client, subject, audience } = this.props.trust;
    const claims = verifiedClaims(form.get('client_assertion') ?? '');
    const expected: Record<string, [actual: unknown, wanted: unknown]> = {
      request: [`${method} ${url}`, `POST /${tenant}/oauth2/v2.0/token`],
      grant_type: [form.get('grant_type'), 'client_credentials'],
      client_id: [form.get('client_id'), client],
      client_assertion_type: [
        form.get('client_assertion_type'),
        'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      ],
      subject: [claims?.sub, subject],
      audience: [claims?.aud, audience],
      scope: [Object.values<unknown>(scopes).includes(form.get('scope')), true],
    };
    const [wrong] = Object.entries(expected).filter(([, [actual, wanted]]) => actual !== wanted);
    return wrong && `${wrong[0]}: ${wrong[1][0]}`;
  }
}
