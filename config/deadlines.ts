import type { Catalogue } from './catalogue';
import type { Settings } from './settings';

/** How long a request may take, from the models outwards: whoever is further out waits longer. */
export interface Deadlines {
  /** LiteLLM's: the time of every try of every model that it may ask, one after the other. */
  readonly answerSeconds: number;
  /** The ingress controller's. */
  readonly ingressSeconds: number;
}

export function deriveDeadlines({ gateway, catalogue, ingress }: Settings): Deadlines {
  const tries = 1 + gateway.routing.timeoutRetries;
  const answerSeconds = gateway.requestTimeoutSeconds * tries * mostModels(catalogue);
  return { answerSeconds, ingressSeconds: answerSeconds + ingress.timeoutMarginSeconds };
}

/** Of how many models one request may be asked: its own, its fallbacks and theirs, each once, as LiteLLM counts. */
export function mostModels({ fallbacks, aliases }: Catalogue): number {
  const reach = (name: string, known: Set<string>): Set<string> => {
    known.add(name);
    const others = fallbacks[name] ?? fallbacks[aliases[name] ?? ''] ?? [];
    for (const other of others) if (!known.has(other)) reach(other, known);
    return known;
  };
  return Math.max(1, ...Object.keys(fallbacks).map(name => reach(name, new Set()).size));
}
