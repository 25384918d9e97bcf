import type { Json } from '../../helpers/objects';
import type { Example } from './example';

const pod = (cpu: string, memory: string) => ({
  'gateway.resources': { requests: { cpu, memory }, limits: { cpu, memory } },
});
/** The article's: four workers with ten connections each. */
const articlePods = {
  'gateway.workers': 4,
  'gateway.database': { connectionPoolLimit: 10 },
  ...pod('100m', '512Mi'),
};
const route = (request: string): Example['keeps'] => ({
  edit: ({ objects }) => {
    const rules = [{ timeouts: { request } }, {}];
    objects.push({ kind: 'HTTPRoute', metadata: { name: 'litellm-proxy' }, spec: { rules } });
  },
});
const timeout = (name: string, value: string): Example['keeps'] => ({
  edit: ({ objects }) => {
    ingressOf(objects).metadata.annotations[name] = value;
  },
});

/** Passed on as it is, since the schema knows one number for all models. */
const retrying = (times: number) => ({
  router_settings: { model_group_retry_policy: { 'acme-large': { TimeoutErrorRetries: times } } },
});

/** Connections, times and places: what one layer asks of the other. */
export const sizing: readonly Example[] = [
  {
    code: 'database-connections',
    // (19 + 1) × 4 × 10 + 2 + 5 of 844
    keeps: { file: { ...articlePods, 'gateway.replicas.max': 19 } },
    breaks: {
      file: { ...articlePods, 'gateway.replicas.max': 20 },
      at: 'gateway.replicas.max',
      says: [
        'asks PostgreSQL for 847 connections',
        '20 pods and 1 more',
        '4 workers × 10',
        'has 844',
        'postgres.sku',
      ],
    },
  },
  {
    // The article's sum, 3 replicas × 4 workers × 10, with what a rollout adds.
    code: 'database-connections',
    keeps: { file: { ...articlePods, ...burstable('B_Standard_B2s'), 'gateway.replicas.max': 3 } },
    breaks: {
      file: { ...articlePods, ...burstable('B_Standard_B1ms'), 'gateway.replicas.max': 3 },
      at: 'gateway.replicas.max',
      says: ['for 167 connections (3 pods and 1 more in a rollout × 4 workers × 10 connections', 'has 35'],
    },
  },
  {
    code: 'database-connections',
    // (3 + 1) × 7 + 7 of 35: the smallest server.
    keeps: { file: small(7) },
    breaks: {
      file: small(8),
      at: 'gateway.replicas.max',
      says: ['asks PostgreSQL for 39 connections', 'B_Standard_B1ms has 35', 'lower replicas.max'],
    },
  },
  {
    code: 'database-connections-draining',
    // (2 × 10 + 1) × 40 of 844: the article at full scale, to the last four.
    keeps: { file: { ...articlePods, 'gateway.replicas.max': 10 } },
    breaks: {
      file: { ...articlePods, 'gateway.replicas.max': 11 },
      at: 'gateway.replicas.max',
      says: ['920 connections', '11 pods drain beside 12 new ones', 'has 844', 'lower replicas.max'],
    },
  },
  {
    code: 'timeout-grace-period',
    keeps: inPod({ terminationGracePeriodSeconds: 606 }),
    breaks: {
      ...inPod({ terminationGracePeriodSeconds: 605 }),
      at: 'gateway.requestTimeoutSeconds',
      says: ['a request 600 s', 'killed 605 s after', '5 of which', 'longer than 600 + 5'],
    },
  },
  {
    // A container beside it that waits for nothing changes nothing.
    code: 'timeout-grace-period',
    keeps: beside(606),
    breaks: {
      ...beside(605),
      at: 'gateway.requestTimeoutSeconds',
      says: ['5 of which', 'longer than 600 + 5'],
    },
  },
  {
    code: 'timeout-grace-period',
    keeps: sleeping(19),
    breaks: {
      ...sleeping(20),
      at: 'gateway.requestTimeoutSeconds',
      says: ['20 of which', 'longer than 600 + 20'],
    },
  },
  ...[
    ['nginx.org/proxy-read-timeout', '600s', '599s'],
    ['nginx.org/proxy-send-timeout', '10m', '9m'],
    ['haproxy.org/timeout-server', '600s', '60s'],
  ].map(
    ([name = '', enough = '', little = '']): Example => ({
      code: 'timeout-ingress',
      keeps: timeout(name, enough),
      breaks: {
        ...timeout(name, little),
        at: 'gateway.requestTimeoutSeconds',
        says: ['a request 600 s', 'Ingress litellm-proxy', `${name}: ${little}`, 'raise it to 600s'],
      },
    }),
  ),
  ...['proxy-read-timeout', 'proxy-send-timeout'].map(
    (name): Example => ({
      code: 'timeout-ingress',
      // One that forwards nothing itself needs none.
      keeps: {
        edit: ({ objects }) => {
          const ingress = ingressOf(objects);
          delete ingress.metadata.annotations[`nginx.org/${name}`];
          ingress.spec.rules = [{ host: 'llm.acme.example' }];
        },
      },
      breaks: {
        edit: ({ objects }) => void delete ingressOf(objects).metadata.annotations[`nginx.org/${name}`],
        at: 'gateway.requestTimeoutSeconds',
        says: ['gives up after 60', `nginx.org/${name}: 60s`],
      },
    }),
  ),
  {
    // Traefik, for one, waits without end.
    code: 'timeout-ingress',
    keeps: annotated({ 'traefik.ingress.kubernetes.io/router.entrypoints': 'websecure' }),
    breaks: {
      ...annotated({ 'nginx.ingress.kubernetes.io/proxy-body-size': '50m', 'acme.example/team': 'gateway' }),
      at: 'gateway.requestTimeoutSeconds',
      says: ['nginx.ingress.kubernetes.io/proxy-read-timeout: 60s'],
    },
  },
  ...[
    ['0s', '599s'],
    ['10m', '9m59s'],
    ['1h', '500ms'],
  ].map(
    ([enough = '', little = '']): Example => ({
      code: 'timeout-ingress',
      keeps: route(enough),
      breaks: {
        ...route(little),
        at: 'gateway.requestTimeoutSeconds',
        says: [`HTTPRoute litellm-proxy gives up after`, `timeouts.request: ${little}`],
      },
    }),
  ),
  {
    // Who asks for retries of one model's timeouts asks everything on the way to wait.
    code: 'timeout-ingress',
    keeps: { file: { 'gateway.settings': retrying(0) } },
    breaks: {
      file: { 'gateway.settings': retrying(2) },
      at: 'gateway.requestTimeoutSeconds',
      says: [
        'a request 1800 s (1 models × 3 tries × 600 s)',
        'proxy-read-timeout: 610s',
        'raise it to 1800s',
      ],
    },
  },
  {
    code: 'timeout-grace-period',
    keeps: { file: { 'gateway.routing': { timeoutRetries: 2 } } },
    breaks: {
      file: { 'gateway.settings': retrying(2) },
      at: 'gateway.requestTimeoutSeconds',
      says: ['a request 1800 s', 'longer than 1800 + 5'],
    },
  },
  {
    // Without a policy, LiteLLM tries again after a timeout, too.
    code: 'timeout-ingress',
    keeps: { file: { 'catalogue.fallbacks': { 'azure-chat': ['acme-large'] } } },
    breaks: {
      file: { 'catalogue.fallbacks': { 'azure-chat': ['acme-large'] } },
      edit: ({ objects }) => {
        const { data } = objects.find(found => found.metadata.name.startsWith('litellm-config-'));
        data['config.yaml'] = data['config.yaml'].replace(/ *retry_policy:\n.*\n/, '');
      },
      at: 'gateway.requestTimeoutSeconds',
      says: ['a request 3600 s (2 models × 3 tries × 600 s)', 'proxy-read-timeout: 1210s'],
    },
  },
  {
    code: 'timeout-litellm',
    keeps: { file: { 'gateway.settings': { router_settings: { timeout: 600, stream_timeout: 600 } } } },
    breaks: {
      file: { 'gateway.settings': { router_settings: { stream_timeout: 601 } } },
      at: 'gateway.settings.router_settings.stream_timeout',
      says: ['longer than gateway.requestTimeoutSeconds, 600 s', 'lower it'],
    },
  },
  {
    code: 'timeout-litellm',
    keeps: { file: { 'gateway.requestTimeoutSeconds': 900 } },
    breaks: {
      edit: ({ objects }) => {
        const { data } = objects.find(found => found.metadata.name.startsWith('litellm-config-'));
        data['config.yaml'] = data['config.yaml'].replace('request_timeout: 600', 'request_timeout: 300');
      },
      at: 'gateway.requestTimeoutSeconds',
      says: ['is 600 s', 'config.yaml says 300'],
    },
  },
  {
    // Three pods of one vCPU on a D4s, whose 3860 millicores the system's pods share.
    code: 'node-capacity',
    keeps: { file: { 'cluster.userPool.maxCount': 4 } },
    breaks: {
      file: { 'cluster.userPool.maxCount': 3 },
      at: 'gateway.replicas.max',
      says: [
        '10 pods at most',
        '3 nodes Standard_D4s_v5 hold 9: 3 of 1000m CPU and 4096 MiB',
        '3260m',
        'maxCount to 4',
      ],
    },
  },
  {
    // 16384 × 0.96, without 20 × 50 + 50, 100 and 750, are 13828 MiB.
    code: 'node-capacity',
    keeps: { file: pod('1', '6914Mi') },
    breaks: {
      file: pod('1', '6915Mi'),
      at: 'gateway.replicas.max',
      says: ['hold 5: 1 of 1000m CPU and 6915 MiB', '13828 MiB', 'maxCount to 10'],
    },
  },
  {
    code: 'node-capacity',
    keeps: { file: { ...pod('3260m', '1Gi'), 'cluster.userPool.maxCount': 10 } },
    breaks: {
      file: { ...pod('3261m', '1Gi'), 'cluster.userPool.maxCount': 10 },
      at: 'gateway.replicas.max',
      says: ['hold 0: 0 of 3261m', 'with a larger vmSize'],
    },
  },
  {
    code: 'node-capacity-rollout',
    keeps: { file: { 'gateway.replicas.max': 14 } },
    breaks: {
      file: { 'gateway.replicas.max': 15 },
      at: 'gateway.replicas.max',
      says: ['16 pods in a rollout', 'hold 15', 'maxCount to 6'],
    },
  },
  {
    code: 'node-capacity-rollout',
    keeps: surge('7%'),
    breaks: { ...surge('8%'), at: 'gateway.replicas.max', says: ['16 pods in a rollout', 'hold 15'] },
  },
  {
    code: 'size-unknown',
    keeps: { file: { 'cluster.userPool.vmSize': 'Standard_E4ds_v5' } },
    breaks: {
      file: { 'cluster.userPool.vmSize': 'Standard_DS3_v2' },
      at: 'cluster.userPool.vmSize',
      says: ['Standard_DS3_v2 is in none of the tables', 'whether all pods fit'],
    },
  },
  {
    code: 'size-unknown',
    keeps: { file: { 'postgres.sku': 'MO_Standard_E2ds_v5' } },
    breaks: {
      file: { 'postgres.sku': 'GP_Standard_M8' },
      at: 'postgres.sku',
      says: ['GP_Standard_M8 is in none of the tables', 'connections'],
    },
  },
  {
    code: 'pod-spread',
    keeps: { edit: ({ object }) => zones(object, 3) },
    breaks: {
      edit: ({ object }) => zones(object, 4),
      at: 'cluster.zones',
      says: ['want 4 different topology.kubernetes.io/zone', 'user pool has 3', 'lower minDomains'],
    },
  },
  {
    code: 'pod-spread',
    keeps: { edit: ({ object }) => spread(object, 'kubernetes.io/hostname', 5) },
    breaks: {
      edit: ({ object }) => spread(object, 'kubernetes.io/hostname', 6),
      at: 'cluster.userPool.maxCount',
      says: ['want 6 different kubernetes.io/hostname', 'user pool has 5'],
    },
  },
  {
    code: 'pod-spread',
    keeps: {},
    breaks: {
      ...inPod({
        topologySpreadConstraints: [
          { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'x' } } },
        ],
      }),
      at: 'gateway',
      says: ['by {"app":"x"}', 'its own pods do not carry', '"app.kubernetes.io/name":"litellm-proxy"'],
    },
  },
  ...[
    [{ minAvailable: 1 }, { minAvailable: 2 }],
    [{ minAvailable: '50%' }, { minAvailable: '51%' }],
    [{ maxUnavailable: 1 }, { maxUnavailable: 0 }],
  ].map(
    ([relaxed, strict]): Example => ({
      code: 'disruption-budget',
      keeps: { edit: ({ object }) => budget(object, relaxed) },
      breaks: {
        edit: ({ object }) => budget(object, strict),
        at: 'gateway.replicas.min',
        says: ['keeps 2 pods', 'PodDisruptionBudget litellm-proxy lets 0 go', 'raise replicas.min'],
      },
    }),
  ),
];

function burstable(sku: string) {
  return { class: 'development', postgres: { sku } };
}

function small(connectionPoolLimit: number) {
  return {
    ...burstable('B_Standard_B1ms'),
    'gateway.replicas.max': 3,
    'gateway.database': { connectionPoolLimit },
  };
}

function podOf(object: (kind: string) => Json): Json {
  return object('Deployment').spec.template.spec;
}

function annotated(annotations: Readonly<Record<string, string>>): Example['keeps'] {
  return { edit: ({ objects }) => Object.assign(ingressOf(objects).metadata, { annotations }) };
}

/** The one that forwards everything. */
function ingressOf(objects: Json[]): Json {
  const paths = (ingress: Json) => ingress.spec.rules.flatMap(({ http }: Json) => http?.paths ?? []);
  return objects.find(
    found => found.kind === 'Ingress' && paths(found).some(({ path }: Json) => path === '/'),
  );
}

function inPod(fields: object): Example['keeps'] {
  return { edit: ({ object }) => Object.assign(podOf(object), fields) };
}

function beside(terminationGracePeriodSeconds: number): Example['keeps'] {
  return {
    edit: ({ object }) => {
      podOf(object).containers.push({ name: 'beside' });
      Object.assign(podOf(object), { terminationGracePeriodSeconds });
    },
  };
}

/** A hook of Kubernetes's own kind, instead of a command. */
function sleeping(seconds: number): Example['keeps'] {
  return {
    edit: ({ object }) => {
      podOf(object).containers[0].lifecycle = { preStop: { sleep: { seconds } } };
    },
  };
}

function zones(object: (kind: string) => Json, minDomains: number): void {
  spread(object, 'topology.kubernetes.io/zone', minDomains);
}

function spread(object: (kind: string) => Json, topologyKey: string, minDomains: number): void {
  const { labelSelector } = podOf(object).topologySpreadConstraints[0];
  podOf(object).topologySpreadConstraints = [
    { topologyKey, labelSelector, whenUnsatisfiable: 'DoNotSchedule', minDomains },
  ];
}

/** 14 pods, and as many more in a rollout. */
function surge(maxSurge: string): Example['keeps'] {
  return {
    file: { 'gateway.replicas.max': 14 },
    edit: ({ object }) => {
      object('Deployment').spec.strategy.rollingUpdate.maxSurge = maxSurge;
    },
  };
}

function budget(object: (kind: string) => Json, numbers: object | undefined): void {
  const { selector } = object('PodDisruptionBudget').spec;
  object('PodDisruptionBudget').spec = { selector, ...numbers };
}
