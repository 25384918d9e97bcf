import type { Check } from '../check';
import { CLOSED } from '../closed';
import type { Gateway } from '../gateway';
import type { Session } from '../session';
import type { Target } from '../target';
import { Unexpected } from '../unexpected';

const PATH = '/metrics/';

/** What an operator looks at. */
export const metricsChecks: readonly Check[] = [
  {
    id: 'metrics.endpoint',
    title: 'Prometheus gets metrics',
    expected: 'families that begin with litellm_ at /metrics/',
    needs: ['models.list'],
    inapplicable: withoutMetrics,
    run: async session => {
      const answer = (await reader(session).get(PATH)).expect(200);
      const families = new Set(answer.text.match(/^# TYPE litellm_\S+/gm));
      if (families.size === 0) throw new Unexpected(`${answer.summary.slice(0, 80)}: no litellm_ family`);
      return `${families.size} families`;
    },
  },
  {
    id: 'metrics.requests',
    title: 'requests are counted by model',
    expected: 'a sample of litellm_ metrics that names the model',
    needs: ['metrics.endpoint', 'chat.completion'],
    inapplicable: withoutMetrics,
    run: async session => {
      const { model } = await session.completion();
      // Each worker counts for itself, and answers for itself, until one is asked that saw a request.
      const attempt = async () => {
        const { text } = (await reader(session).get(PATH)).expect(200);
        return text.split('\n').find(line => /^litellm_\w+\{/.test(line) && line.includes(`"${model}"`));
      };
      const metric = await session.waitFor(attempt, session.patience.metrics);
      if (!metric) throw new Unexpected(`no sample names ${model}`);
      return metric.slice(0, metric.indexOf('{'));
    },
  },
  {
    id: 'metrics.closed',
    title: 'metrics are open to whom the configuration says',
    expected: 'nothing without a key, unless require_auth_for_metrics_endpoint is false',
    needs: ['models.list'],
    inapplicable: ({ expectations }) =>
      expectations?.metrics === false ? 'the environment has no prometheus callback' : undefined,
    run: async ({ stranger, target: { expectations } }) => {
      const answer = await stranger.get(PATH);
      if (expectations?.exposes.metrics === false) {
        return `closed by the ingress: ${answer.expect(...CLOSED).status}`;
      }
      if (expectations?.openMetrics) return `open, as configured: ${answer.expect(200).status}`;
      if (answer.status === 200) throw new Unexpected('anybody reads them, with the names of keys and teams');
      return String(answer.expect(401, 403, 404).status);
    },
  },
];

function withoutMetrics({ expectations, pods, noPods }: Target): string | undefined {
  if (expectations?.metrics === false) return 'the environment has no prometheus callback';
  if (expectations?.exposes.metrics === false && pods.length === 0) {
    return `the ingress keeps ${PATH} closed, and no pod can be asked: ${noPods ?? 'name one with --pod-url'}`;
  }
  return undefined;
}

/** Whoever gets to the metrics: past the ingress, where that keeps them closed. */
function reader({ target, administrator, atPod }: Session): Gateway {
  const [pod] = target.pods;
  return target.expectations?.exposes.metrics === false && pod ? atPod(pod) : administrator;
}
