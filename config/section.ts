import { z } from 'zod';

/** An object of the environment file in which a key nobody knows is an error that lists the known ones. */
export function section<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: issue =>
      issue.code === 'unrecognized_keys'
        ? `unknown key; the keys allowed here are ${Object.keys(shape).join(', ')}`
        : undefined,
  });
}
