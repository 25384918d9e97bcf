/** A table of a measurement, as the documentation shows it. */
export interface Result {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What the table was made of: every single number. */
  readonly raw: unknown;
}

/** One file of bench/. */
export interface Measurement {
  /** Selects it on the command line, and names its file of raw numbers. */
  readonly name: string;
  readonly title: string;
  /** How the numbers are taken, for whoever reads the table. */
  readonly how: string;
  /** What the machine lacks for it, one line each; nothing unless it needs more than the project. */
  missing?(): readonly string[];
  /**
   * @param quick whether this is the short form: few rounds, and nothing that has to be installed
   */
  measure(quick: boolean): Result | Promise<Result>;
}
