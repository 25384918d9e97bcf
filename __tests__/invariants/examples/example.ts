import type { InvariantCode } from '../../../config/invariant-codes';
import type { Json } from '../../helpers/objects';

/** A gateway that breaks, or keeps, an invariant: the one that keeps all, with a difference. */
export interface Case {
  /** Values of the environment file, by dotted path. */
  readonly file?: Readonly<Record<string, unknown>>;
  /** Changes what was rendered, where no environment file can: a defect of ours. */
  readonly edit?: (rendered: { terraform: Json; objects: Json[]; object: (kind: string) => Json }) => void;
  /** Default 2026-11-22. */
  readonly today?: string;
}

/** The two sides of an invariant, as close to each other as they come. */
export interface Example {
  readonly code: InvariantCode;
  /** Where it is found, and what is said: the numbers of both sides, and what to change. */
  readonly breaks: Case & { readonly at: string; readonly says: readonly string[] };
  readonly keeps: Case;
}
