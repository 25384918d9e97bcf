/** It turned out on the way that there is nothing to check. The message says why. */
export class Inapplicable extends Error {
  override readonly name = 'Inapplicable';
}
