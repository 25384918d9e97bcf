/** What happens to a resource or an object, in Terraform's words. */
export type Action = 'create' | 'update' | 'replace' | 'delete';

/** Terraform's symbols: the ones that a reader of plans already knows. */
export const SYMBOLS: Readonly<Record<Action, string>> = {
  create: '+',
  update: '~',
  replace: '-/+',
  delete: '-',
};

/** A value that differs, at its place: `network_profile.pod_cidr`, `env[NUM_WORKERS].value`. */
export interface ValueChange {
  readonly path: string;
  /** `undefined` where it was not set. */
  readonly before?: unknown;
  readonly after?: unknown;
  /** Why it matters at this place: `forces replacement`, `weaker: public access`. */
  readonly notes?: readonly string[];
}

/** What a change does to the cloud or the cluster, beyond the values themselves. */
export interface Effect {
  /** `danger`: something that exists is destroyed, or data is lost. `warning`: users or operators notice. */
  readonly level: 'danger' | 'warning' | 'info';
  readonly text: string;
}

export type Layer = 'terraform' | 'kubernetes';

/** One resource or object that is not what it was. */
export interface Change {
  readonly layer: Layer;
  /** `azurerm_key_vault`, `Deployment`. */
  readonly kind: string;
  /** Its name within the kind: `key_vault`, `litellm/litellm-proxy`. */
  readonly name: string;
  readonly action: Action;
  readonly values: readonly ValueChange[];
  readonly effects: readonly Effect[];
  /** What a reviewer of security must look at: `public access`, `roles`; empty for the rest. */
  readonly security: readonly string[];
}

/** Whether something that exists is destroyed by it, or data is lost. */
export function isDestructive({ effects }: Change): boolean {
  return effects.some(({ level }) => level === 'danger');
}

export const danger = (text: string): Effect => ({ level: 'danger', text });
export const warning = (text: string): Effect => ({ level: 'warning', text });
export const info = (text: string): Effect => ({ level: 'info', text });
