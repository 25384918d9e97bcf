/** Something that the suite needs is missing. The message says what, and what to do. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}
