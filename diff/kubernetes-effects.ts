import type { KubernetesObject } from '../output/objects';
import { danger, type Effect, info, type ValueChange, warning } from './change';
import { partsOf } from './values';

interface Rule {
  readonly kind: RegExp;
  readonly path: RegExp;
  /** Given the object as it becomes and as it was. */
  readonly effect: Effect | ((after: KubernetesObject, before: KubernetesObject) => Effect | undefined);
}

const immutable = (what: string) =>
  danger(`immutable: the API server refuses a change of ${what}; delete the object and apply it anew`);

/** Fields that the API server's validation does not let change (k8s.io/kubernetes, pkg/apis, Validate…Update). */
const IMMUTABLE: readonly Rule[] = [
  {
    kind: /^(Deployment|StatefulSet|DaemonSet)$/,
    path: /^spec\.selector\b/,
    effect: immutable('spec.selector'),
  },
  {
    kind: /^StatefulSet$/,
    path: /^spec\.(serviceName|volumeClaimTemplates|podManagementPolicy)\b/,
    effect: immutable('this field'),
  },
  {
    kind: /^Job$/,
    path: /^spec\.(template|selector|completions|completionMode)\b/,
    effect: immutable('spec.template'),
  },
  { kind: /^Service$/, path: /^spec\.clusterIPs?\b/, effect: immutable('spec.clusterIP') },
  { kind: /^Secret$/, path: /^type$/, effect: immutable('type') },
  {
    kind: /^(ConfigMap|Secret)$/,
    path: /^(data|binaryData|stringData|immutable)\b/,
    effect: (_, { immutable: frozen }) =>
      frozen === true ? immutable('its data: it is marked immutable') : undefined,
  },
  {
    kind: /^PersistentVolumeClaim$/,
    path: /^spec\.(?!resources\b)/,
    effect: danger('immutable: the claim has to be deleted, and its data with it'),
  },
  {
    kind: /^StorageClass$/,
    path: /^(parameters|provisioner|reclaimPolicy|volumeBindingMode)\b/,
    effect: immutable('this field'),
  },
  { kind: /^PriorityClass$/, path: /^(value|preemptionPolicy)$/, effect: immutable('its value') },
  { kind: /RoleBinding$/, path: /^roleRef\b/, effect: immutable('roleRef') },
];

const WORKLOAD = /^(Deployment|StatefulSet|DaemonSet)$/;

const NOTICED: readonly Rule[] = [
  {
    kind: WORKLOAD,
    path: /^spec\.template\b/,
    effect: ({ spec }) => warning(`pods roll${pace(spec)}`),
  },
  {
    kind: WORKLOAD,
    path: /^spec\.strategy\b/,
    effect: info('the next rollout takes another pace; no pod rolls now'),
  },
  { kind: WORKLOAD, path: /^spec\.replicas$/, effect: info('pods are added or removed; the others stay') },
  {
    kind: /^HorizontalPodAutoscaler$/,
    path: /^spec\b/,
    effect: info('scales within the new bounds; no pod rolls'),
  },
  { kind: /^PodDisruptionBudget$/, path: /^spec\b/, effect: info('counts at the next drain; no pod rolls') },
  {
    kind: /^Service$/,
    path: /^(spec\.(type|loadBalancerIP|externalName|loadBalancerClass)|metadata\.annotations\.service\.beta\.kubernetes\.io\/azure-.*)$/,
    effect: warning('the address may change: names that point at it follow'),
  },
  {
    kind: /^Service$/,
    path: /^spec\.(ports|selector|sessionAffinity|externalTrafficPolicy)\b/,
    effect: warning('traffic goes another way at once: callers of the old port or pods notice'),
  },
  {
    kind: /^Ingress$/,
    path: /^spec\.(rules|tls)\b.*host|^spec\.rules\b/,
    effect: warning(
      'another host or path: clients of the old one get 404, and the name needs a record and a certificate',
    ),
  },
  {
    kind: /^Ingress$/,
    path: /^spec\.ingressClassName$/,
    effect: warning('another controller serves it: the address changes with it'),
  },
  {
    kind: /^Certificate$/,
    path: /^spec\.(dnsNames|commonName|issuerRef|secretName|privateKey)\b/,
    effect: warning('the certificate is ordered anew; the old one serves until it is there'),
  },
  {
    kind: /^(Cluster)?Issuer$/,
    path: /^spec\b/,
    effect: warning('certificates are ordered from it at their next renewal'),
  },
  {
    kind: /^ConfigMap$/,
    path: /^data\b/,
    effect: ({ metadata }) =>
      metadata.namespace === 'kube-system' && metadata.name.startsWith('coredns')
        ? warning('restart CoreDNS: kubectl -n kube-system rollout restart deployment coredns')
        : info('read by pods when they start: they do not roll by themselves'),
  },
  {
    kind: /^SecretProviderClass$/,
    path: /^spec\b/,
    effect: warning('pods see it when they mount anew: after a rollout'),
  },
  {
    kind: /^ServiceAccount$/,
    path: /annotations/,
    effect: warning('pods log in with it after a rollout: kubectl -n litellm rollout restart deployment'),
  },
  {
    kind: /^NetworkPolicy$/,
    path: /^spec\b/,
    effect: warning('enforced at once, on connections that are open too'),
  },
  {
    kind: /^Namespace$/,
    path: /pod-security\.kubernetes\.io\/enforce/,
    effect: warning('pods that break the new level are refused when they start next'),
  },
];

/** What changed values do to an object that stays. */
export function effectsOf(
  before: KubernetesObject,
  after: KubernetesObject,
  values: readonly ValueChange[],
): Effect[] {
  const parts = values.flatMap(partsOf);
  const found = [...IMMUTABLE, ...NOTICED].flatMap(({ kind, path, effect }) => {
    if (!kind.test(after.kind) || !parts.some(change => path.test(change.path))) return [];
    return (typeof effect === 'function' ? effect(after, before) : effect) ?? [];
  });
  const distinct = found.filter(({ text }, index) => found.findIndex(other => other.text === text) === index);
  return distinct.length > 0 ? distinct : [info('nothing rolls')];
}

/** What a new object does. */
export function effectsOfCreation({ kind }: KubernetesObject): Effect[] {
  if (kind === 'Job') return [info('runs once')];
  return kind === 'NetworkPolicy' ? [warning('enforced at once, on connections that are open too')] : [];
}

/** What is destroyed with objects of a kind, where pruning takes them. */
const REMOVED: Readonly<Record<string, string>> = {
  Namespace: 'everything in the namespace goes with it',
  PersistentVolumeClaim: 'data is lost: the volume goes with its claim',
  Deployment: 'its pods stop',
  StatefulSet: 'its pods stop',
  Service: 'nothing answers at its address',
  Ingress: 'the gateway is not reached from outside',
  NetworkPolicy: 'what it forbade is allowed',
};

export function dangersOfRemoval({ kind }: KubernetesObject): Effect[] {
  const text = REMOVED[kind];
  return text ? [danger(`removed: ${text}`)] : [];
}

/** How a rollout goes, as the end of a sentence. */
function pace(spec: unknown): string {
  const strategy = (
    spec as { strategy?: { type?: string; rollingUpdate?: { maxUnavailable?: unknown } } } | undefined
  )?.strategy;
  if (strategy?.type === 'Recreate') return ', all at once: the gateway is away meanwhile';
  return strategy?.rollingUpdate?.maxUnavailable === 0
    ? ', none is taken away before its successor is ready'
    : '';
}
