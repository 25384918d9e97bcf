import { workload } from '../contract/workload';
import { type AlertRule, severity } from './alert-rule';

/** A rule on what Log Analytics holds. Whatever its query finds is an alert, so a healthy gateway has no row in it. */
export interface LogAlert extends AlertRule {
  readonly query: string;
  /** How much of the past a look takes in. */
  readonly windowDuration: string;
  /** The time between two looks: every 5 minutes costs three times as much as every 15. */
  readonly evaluationFrequency: 'PT5M' | 'PT15M';
}

/**
 * What clients are answered, by the one who answers them: the gateway itself logs errors only.
 * @param namespace of the ingress controller
 */
export function requestAlert(namespace: string): LogAlert {
  return {
    name: 'gateway-errors',
    meaning: 'For 15 minutes, 5 % of the requests or more have failed with 5xx or 408.',
    severity: severity.error,
    // NGINX's log of requests. Models are asked by POST; the UI's requests would hide what happens to them. Ten failures
    // at least, or a single one would be 5 % of a quiet night.
    query: `ContainerLogV2
| where PodNamespace == "${namespace}"
| extend Status = toint(extract(@"POST \\S+ HTTP/[\\d.]+\\W+(\\d{3})", 1, tostring(LogMessage)))
| where isnotnull(Status)
| summarize Requests = count(), Failed = countif(Status >= 500 or Status == 408)
| where Failed >= 10 and Failed * 100 >= Requests * 5`,
    windowDuration: 'PT15M',
    evaluationFrequency: 'PT5M',
  };
}

/** LiteLLM's words for whatever goes wrong with Redis. The end-to-end tests hear them. */
export const REDIS_FAILED = 'Got exception from REDIS';

/**
 * What the gateway's pods say, and what Kubernetes says of them.
 * @param startMinutes what a new pod may take: a node, the image, and the migration that it waits for
 */
export function podAlerts(startMinutes: number): LogAlert[] {
  return [
    {
      name: 'gateway-restarts',
      meaning: "The gateway's containers were restarted three times within an hour, or more often.",
      severity: severity.warning,
      // One restart is what a liveness probe is for; three are a crash loop, or a memory limit that does not suffice.
      query: `KubePodInventory
| where Namespace == "${workload.namespace}"
| summarize Restarts = max(ContainerRestartCount) - min(ContainerRestartCount) by PodUid, ContainerName
| summarize Restarts = sum(Restarts)
| where Restarts >= 3`,
      windowDuration: 'PT1H',
      evaluationFrequency: 'PT15M',
    },
    {
      name: 'gateway-pending',
      meaning: `A pod of the gateway has not started within ${startMinutes} minutes: no node, no image, or a failed migration.`,
      severity: severity.warning,
      query: `KubePodInventory
| where Namespace == "${workload.namespace}" and PodStatus == "Pending"
| summarize Waited = max(TimeGenerated - PodCreationTimeStamp) by PodUid, Name
| where Waited > ${startMinutes}m`,
      windowDuration: 'PT15M',
      evaluationFrequency: 'PT15M',
    },
    {
      name: 'cache-away',
      meaning:
        'The gateway has not reached Redis in 5 of 15 minutes: every worker counts rate limits for itself.',
      severity: severity.warning,
      // LiteLLM leaves a Redis that failed alone for a minute, so it complains about once in each. A failover takes two.
      query: `ContainerLogV2
| where PodNamespace == "${workload.namespace}" and ContainerName == "${workload.container}"
| where tostring(LogMessage) has "${REDIS_FAILED}"
| summarize Minutes = dcount(bin(TimeGenerated, 1m))
| where Minutes >= 5`,
      windowDuration: 'PT15M',
      evaluationFrequency: 'PT15M',
    },
    {
      name: 'certificate-renewal',
      meaning:
        'The certificate could not be renewed, twice within a day: clients will refuse it when it expires.',
      severity: severity.warning,
      // cert-manager begins when a third of the lifetime is left, and tries again after an hour, then ever more rarely.
      query: `KubeEvents
| where ObjectKind == "Certificate" and KubeEventType == "Warning"
| summarize Failures = dcount(LastSeen)
| where Failures >= 2`,
      windowDuration: 'P1D',
      evaluationFrequency: 'PT15M',
    },
  ];
}

/** What Azure OpenAI logs of its requests. */
export const modelAlerts: readonly LogAlert[] = [
  {
    name: 'model-throttling',
    meaning: 'For 15 minutes, Azure OpenAI has refused a tenth of the calls or more: their quota is used up.',
    severity: severity.informational,
    // A share, because LiteLLM tries again and falls back: a few refusals are what quotas are for.
    query: `AzureDiagnostics
| where ResourceProvider == "MICROSOFT.COGNITIVESERVICES" and Category == "RequestResponse"
| summarize Calls = count(), Refused = countif(ResultSignature == "429")
| where Refused >= 20 and Refused * 10 >= Calls`,
    windowDuration: 'PT15M',
    evaluationFrequency: 'PT15M',
  },
];
