import { join } from 'node:path';
import { environmentFiles, environmentOf } from '../../__tests__/helpers/environment';
import { testHost } from '../../__tests__/helpers/host';
import { masterKey } from '../../config/secrets';
import type { Options } from '../../verify/options';
import { patience } from '../../verify/patience';
import { verifyEnvironment } from '../../verify/verify';
import { Authority } from './chains';
import { theCluster } from './cluster';
import { Front, frontAddress } from './front';
import { runFolder } from './project';
import { administrator, replica } from './replicas';
import { secretOf } from './secrets-store';
import { Upstream } from './upstream';

/** The environment whose gateway is verified. */
export const NAME = 'article';

const environment = environmentOf(environmentFiles().get(NAME), NAME);
/** The same, but that nobody waits for a bill. */
const { gateway } = environment;
const hurried = {
  ...environment,
  gateway: { ...gateway, database: { ...gateway.database, batchWriteSeconds: 1 } },
};

/** LiteLLM does at once what the suite waits for, but for what its other workers have to hear of. */
const hurry = {
  ...patience,
  every: 0.2,
  cache: 2,
  budget: 2,
  expiry: 4,
  propagation: 3,
  quiet: 1,
  writing: 1,
  metrics: 4,
};

/** What `--json` prints. */
export interface Report {
  readonly passed: number;
  readonly failed: number;
  readonly upstreamCalls: number;
  readonly checks: { id: string; status: string; found: string }[];
}

/** The replicas with providers behind them, and in front of one of them what stands in for the ingress controller. */
export class VerifyStage {
  readonly host = environment.host;
  readonly cluster = theCluster();
  readonly masterKey = secretOf(this.cluster.vault, masterKey);
  readonly pods = [replica('replica-a').url, replica('replica-b').url] as const;
  readonly authority = new Authority(join(runFolder, 'authority'));
  readonly front = new Front(this.pods[0]);
  private providers?: Upstream;

  async start(): Promise<void> {
    await this.startUpstream();
    await this.front.start(this.authority.issue(this.host));
  }

  /** @throws the expectation that a run leaves nothing behind, if one did */
  async stop(): Promise<void> {
    await this.front.stop();
    await this.upstream.stop();
    await this.expectNothingLeft();
  }

  get upstream(): Upstream {
    if (!this.providers) throw new Error('the providers have not been started');
    return this.providers;
  }

  async startUpstream(): Promise<void> {
    this.providers = await Upstream.start(this.cluster.certificates);
  }

  /**
   * Verifies the environment's gateway at the front's address.
   * @throws the expectation that these checks fail and no other, with what each one found
   */
  async expectFailures(options: Partial<Options>, ids: readonly string[]): Promise<void> {
    const host = testHost({ env: { LITELLM_MASTER_KEY: this.masterKey } });
    await verifyEnvironment(hurried, host, {
      json: true,
      timeout: 20,
      resolve: frontAddress,
      ca: this.authority.root,
      patience: hurry,
      ...options,
    });
    const { checks } = JSON.parse(host.said.out.join('\n')) as Report;
    const failed = checks.filter(({ status }) => status === 'failed').map(({ id, found }) => ({ id, found }));
    expect(failed).toEqual(ids.map(id => ({ id, found: expect.any(String) })));
  }

  /** Keys, users and teams that a run made; asked past the front, which may have been told to lie. */
  async expectNothingLeft(): Promise<void> {
    const client = administrator(replica('replica-a'));
    const [keys, users, teams] = await Promise.all([
      client.get('/key/list?key_alias=litellm-aks-verify&substring_matching=true'),
      client.get('/user/list?user_ids=litellm-aks-verify'),
      client.get('/v2/team/list?team_alias=litellm-aks-verify'),
    ]);
    expect([keys.body.keys, users.body.users, teams.body.teams]).toEqual([[], [], []]);
  }
}
