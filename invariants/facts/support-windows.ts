/**
 * When AKS stops supporting a Kubernetes minor, by the last day of the month that it names. Source:
 * learn.microsoft.com/azure/aks/supported-kubernetes-versions, edition of 2026 (1.32 to 1.37).
 */
export const KUBERNETES_ENDS: Readonly<Record<string, string>> = {
  '1.32': '2026-03-31',
  '1.33': '2026-07-31',
  '1.34': '2026-11-30',
  '1.35': '2027-03-31',
  '1.36': '2027-06-30',
  '1.37': '2027-10-31',
};

/** The same with AKS's long-term support, a year more. Source: learn.microsoft.com/azure/aks/long-term-support. */
export const KUBERNETES_LONG_TERM_ENDS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(KUBERNETES_ENDS).map(([minor, end]) => [
    minor,
    `${Number(end.slice(0, 4)) + 1}${end.slice(4)}`,
  ]),
);

/** When a major of PostgreSQL gets its last fix. Source: postgresql.org/support/versioning. */
export const POSTGRES_ENDS: Readonly<Record<string, string>> = {
  '14': '2026-11-12',
  '15': '2027-11-11',
  '16': '2028-11-09',
  '17': '2029-11-08',
};

/**
 * When Azure's support ends for what AKS runs of the archived ingress-nginx. Source:
 * learn.microsoft.com/azure/aks/app-routing.
 */
export const APPLICATION_ROUTING_END = '2026-11-30';

/** Time to test the next version and to move. */
const NOTICE_DAYS = 90;

/** `ended`, or `ends` within the notice; undefined while there is time. */
export function supportOn(end: string, today: Date): 'ended' | 'ends' | undefined {
  // The last day itself is supported.
  const days = (Date.parse(end) - today.getTime()) / 86_400_000 + 1;
  if (days <= 0) return 'ended';
  return days <= NOTICE_DAYS ? 'ends' : undefined;
}
