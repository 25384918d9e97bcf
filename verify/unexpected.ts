/** The gateway did something else than it should. The message says what. */
export class Unexpected extends Error {
  override readonly name = 'Unexpected';
}
