import { environmentOf } from '../../__tests__/helpers/environment';
import { outputs } from '../../__tests__/helpers/render';
import type { Environment } from '../../config/environment';
import { masterKey } from '../../config/secrets';
import { workloadSubject } from '../../contract/workload';
import dev from '../../environments/dev';
import { Client } from './client';
import { type Cluster, startCluster } from './cluster';
import { authorityHost, Entra, type Issued, scopes } from './entra';
import { type Attempt, migrate } from './job';
import { manifestsOf } from './manifests';
import { Pod } from './pod';
import { poll } from './poll';
import { askPostgres } from './postgres';
import { admit, answers, onlyUsers } from './redis-users';
import { render } from './rendered';
import { type SecretData, secretOf } from './secrets-store';
import { Upstream } from './upstream';
import { federatedAudience, withWorkloadIdentity } from './workload-identity';

/** The environment of the gateway, which has no password for PostgreSQL, Redis and Azure OpenAI, only an identity. */
export const before = environmentOf(dev, 'dev');
/** What the services know that identity by. */
export const principal = outputs.gateway_principal_id;
export const role = before.names.gatewayIdentity;

/** What a pod says until the database is migrated. */
export const waiting = /^waiting for Job litellm-migration-\w{10}: (\d+) of \1 migrations missing/m;

const MODEL = 'azure-gpt-5.6-terra';

/** Everything that runs. */
export interface Parts {
  readonly cluster: Cluster;
  readonly entra: Entra;
  /** The providers. */
  readonly upstream: Upstream;
  readonly a: Pod;
  readonly b: Pod;
  readonly migration: Attempt;
}

/** Starts the services, which trust Entra, the replicas, and, once these wait for it, the migration. */
export async function startIdentity(): Promise<IdentityStage> {
  const cluster = await startCluster(podManifests(before, 'before'), () => ({
    redis: onlyUsers,
    postgres: { user: role, password: 'nobody-logs-in-with-this' },
  }));
  const entra = new Entra({
    trust: {
      tenant: outputs.tenant_id,
      client: outputs.gateway_client_id,
      subject: workloadSubject,
      audience: federatedAudience,
    },
    // LiteLLM logs in to PostgreSQL anew three minutes before a token expires, and at most every half minute.
    lifetime: scope => (scope === scopes.postgres ? 200 : 20),
    onIssue: issued => accept(cluster, issued),
  });
  entra.renew(scopes.postgres);
  const upstream = await Upstream.start(cluster.certificates, { [authorityHost]: entra.answer });
  const a = new Pod({ ...cluster, name: 'identity-a', address: '10.244.0.11' });
  const b = new Pod({ ...cluster, name: 'identity-b', address: '10.244.0.12' });
  for (const pod of [a, b]) pod.start();
  await poll('the pods wait', () => [a, b].every(pod => waiting.test(pod.initLog)) || undefined);
  const migration = await migrate({ ...cluster, name: 'identity-migration' });
  for (const pod of [a, b]) await pod.ready();
  return new IdentityStage({ cluster, entra, upstream, a, b, migration });
}

export function podManifests(environment: Environment, label: string) {
  return withWorkloadIdentity(manifestsOf(render(environment, outputs, label).objects as never));
}

/** The services trust Entra; here they are told what it issued. */
function accept({ certificates }: Cluster, { scope, token }: Issued): void {
  if (scope === scopes.redis) admit(certificates, principal, token);
  if (scope === scopes.postgres) askPostgres(role, `alter role "${role}" password '${token}'`);
}

/** Connections of the pods to PostgreSQL. */
const CONNECTIONS = `from pg_stat_activity where usename = '${role}' and client_addr is not null`;

/** The whole gateway of dev, as its clients, its administrators and its services see it. */
export class IdentityStage {
  constructor(readonly parts: Parts) {}

  administrator(pod: Pod, vault: SecretData = this.parts.cluster.vault): Client {
    return new Client(pod, secretOf(vault, masterKey));
  }

  ask(pod: Pod, prompt: string) {
    return this.administrator(pod).chat(MODEL, prompt);
  }

  /** Asks, and waits until the answer is in Redis: LiteLLM writes it after it has answered. */
  async untilCached(pod: Pod, prompt: string, seconds = 30): Promise<void> {
    const { certificates } = this.parts.cluster;
    const count = answers(certificates).length;
    await this.ask(pod, prompt);
    const cached = () => answers(certificates).length > count || undefined;
    await poll('the answer is in Redis', cached, { seconds });
  }

  /** Waits until no token for the scope is valid any more. */
  async expired(scope: string): Promise<void> {
    const { issued: all } = this.parts.entra;
    const valid = () => all.some(issued => issued.scope === scope && issued.expires > Date.now());
    await poll('the tokens expire', () => !valid() || undefined);
  }

  /** How the gateway logged in to the provider that it asked this. */
  authentication(prompt: string) {
    const [request] = this.parts.upstream.mentioning(prompt);
    return { ...request?.headers };
  }

  backends(): number {
    return Number(askPostgres(role, `select count(*) ${CONNECTIONS}`));
  }

  endBackends(): void {
    askPostgres(role, `select pg_terminate_backend(pid, 5000) ${CONNECTIONS}`);
  }
}
