import type { Environment } from '../config/environment';
import type { InvariantCode } from '../config/invariant-codes';
import type { KubernetesLayer } from './kubernetes-layer';
import type { TerraformLayer } from './terraform-layer';

/** What invariants look at: an environment, and both layers as they were rendered for it. */
export interface Subject {
  readonly environment: Environment;
  readonly terraform: TerraformLayer;
  readonly kubernetes: KubernetesLayer;
}

/** One way in which an invariant is broken. */
export interface Breach {
  /** Key of the environment file to change. */
  readonly path: string;
  /** What was given, where it is not the whole of what stands there. */
  readonly given?: string;
  /** What is wrong, the numbers of both sides, and what to change. */
  readonly message: string;
}

/** No breach if something holds, one if it does not. */
export function unless(holds: boolean, path: string, message: string): Breach[] {
  return holds ? [] : [{ path, message }];
}

/** A breach with the name of its invariant. */
export interface Finding extends Breach {
  readonly code: InvariantCode;
  /** An error keeps the environment from being synthesized; a warning is shown. */
  readonly severity: 'error' | 'warning';
}

/** Something that has to hold, whatever the environment file says. */
export interface Invariant {
  readonly code: InvariantCode;
  readonly severity: Finding['severity'];
  readonly check: (subject: Subject) => Breach[];
}

/**
 * Something that has to hold on a day. Always a warning: what was synthesized yesterday must not fail today without a
 * change.
 */
export interface DatedInvariant {
  readonly code: InvariantCode;
  readonly check: (subject: Subject, today: Date) => Breach[];
}
