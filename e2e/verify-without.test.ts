import { redisPassword } from '../config/secrets';
import { changeContainer, setVariables } from './harness/change';
import { Front } from './harness/front';
import { requirePassword, startRedis, stopRedis } from './harness/redis';
import { ownPod } from './harness/replicas';
import { secretOf } from './harness/secrets-store';
import { VerifyStage } from './harness/verify-stage';

const stage = new VerifyStage();
const { authority, cluster, front, host, pods } = stage;
const { certificates, manifests, vault } = cluster;

beforeAll(() => stage.start());

afterAll(() => stage.stop());

describe('in the real gateway itself', () => {
  test('without its database, catalogue, cache, metrics and admin UI: one failure for each, and open doors', async () => {
    const changed = structuredClone(setVariables(manifests, { NUM_WORKERS: '1' }));
    for (const { data } of changed.configMaps) {
      data['config.yaml'] = (data['config.yaml'] ?? '')
        .replace(/^ *database_url: .*\n/m, '')
        .replace('model_name: glm-5.1', 'model_name: glm-5.2')
        .replace('cache: true', 'cache: false')
        .replace(/callbacks:\n\s+- prometheus/, 'callbacks: []');
    }
    const pod = ownPod('verify-other', {
      manifests: changeContainer(changed, container => {
        const env = container.env.filter(({ name }) => name !== 'DATABASE_URL');
        container.env = [...env, { name: 'DISABLE_ADMIN_UI', value: 'True' }];
      }),
    });
    pod.start();
    await pod.ready();
    const other = new Front(pod.url);
    await front.stop();
    await other.start(authority.issue(host));
    try {
      await stage.expectFailures({ only: ['health', 'models', 'cache', 'metrics', 'security'] }, [
        'health.database',
        'health.cache',
        'models.catalogue',
        'metrics.endpoint',
        // LiteLLM lets every key in while it has no database, if allow_requests_on_db_unavailable is set, as here.
        'security.wrong-key',
        'security.ui',
      ]);
    } finally {
      await other.stop();
      await pod.stop();
      await front.start(authority.issue(host));
    }
  });

  test('one pod that does not share the cache: cache.pods', async () => {
    const changed = new Front(pods[1]);
    changed.mischief = {
      reply: ({ path }, reply) => {
        if (path !== '/v1/chat/completions') return;
        reply.text = JSON.stringify({ ...JSON.parse(reply.text), id: `chatcmpl-${performance.now()}` });
      },
    };
    const url = await changed.startPlain();
    await stage.expectFailures({ only: ['cache.pods'], podUrl: [pods[0], url] }, ['cache.pods']);
    await changed.stop();
  });

  test('without providers: chat.completion', async () => {
    await stage.upstream.stop();
    await stage.expectFailures({ only: ['chat.completion', 'cache', 'keys.use'] }, ['chat.completion']);
    await stage.startUpstream();
  });

  // The last one: every worker of LiteLLM leaves a Redis that failed alone for a minute.
  test('without Redis: health.cache', async () => {
    await stopRedis();
    await stage.expectFailures({ only: ['health', 'cache.hit'] }, ['health.cache']);
    await startRedis(certificates, requirePassword(secretOf(vault, redisPassword)));
  });
});
