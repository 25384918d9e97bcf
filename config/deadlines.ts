import type { Catalogue } from './catalogue';
import type { Settings } from './settings';

/** Seconds left for a process to end, after its last request had its time. */
const EXIT_SECONDS = 15;

/**
 * Seconds until Azure's load balancer sends nothing more to a node whose controller's pod ends: it asks every 5 seconds,
 * believes the second answer, and Kubernetes has to notice first (https://learn.microsoft.com/azure/aks/load-balancer-standard).
 */
const LOAD_BALANCER_SECONDS = 15;

/** How long a request may take, from the models outwards: whoever is further out waits longer. */
export interface Deadlines {
  /** LiteLLM's: the time of every try of every model that it may ask, one after the other. */
  readonly answerSeconds: number;
  /** The ingress controller's. */
  readonly ingressSeconds: number;
  /** A gateway's pod's, from the beginning of its end. With the article's numbers: 620. */
  readonly gatewayEndSeconds: number;
  /** An ingress controller's pod's. */
  readonly controllerEndSeconds: number;
  /** For how many of these it goes on as before. */
  readonly controllerPreStopSeconds: number;
}

export function deriveDeadlines({ gateway, catalogue, ingress }: Settings): Deadlines {
  const tries = 1 + gateway.routing.timeoutRetries;
  const answerSeconds = gateway.requestTimeoutSeconds * tries * mostModels(catalogue);
  const ingressSeconds = answerSeconds + ingress.timeoutMarginSeconds;
  return {
    answerSeconds,
    ingressSeconds,
    gatewayEndSeconds: answerSeconds + gateway.preStopSeconds + EXIT_SECONDS,
    controllerEndSeconds: LOAD_BALANCER_SECONDS + ingressSeconds + EXIT_SECONDS,
    controllerPreStopSeconds: LOAD_BALANCER_SECONDS,
  };
}

/**
 * Of how many models one request may be asked: its own, its fallbacks and theirs, each once, as LiteLLM counts. What a
 * filter refuses may be a whole answer that took its time, so the next model's time comes on top as after a failure.
 */
export function mostModels({ fallbacks, contentPolicyFallbacks, aliases }: Catalogue): number {
  const chains = [fallbacks, contentPolicyFallbacks];
  const reach = (name: string, known: Set<string>): Set<string> => {
    known.add(name);
    const others = chains.flatMap(chain => chain[name] ?? chain[aliases[name] ?? ''] ?? []);
    for (const other of others) if (!known.has(other)) reach(other, known);
    return known;
  };
  const names = chains.flatMap(chain => Object.keys(chain));
  return Math.max(1, ...names.map(name => reach(name, new Set()).size));
}
