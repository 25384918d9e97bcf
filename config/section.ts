import { z } from 'zod';

/** Each object would compile a function of its own, at every start, which takes longer than reading a file with it. */
z.config({ jitless: true });

/**
 * When to apply a rule that spans sections: as soon as these are well-formed, even if others are not, so that all
 * problems are reported at once.
 */
export function onceWellFormed(...sections: readonly string[]) {
  const spoils = ({ code, path = [] }: z.core.$ZodRawIssue) =>
    path.length === 0 ? code === 'invalid_type' : sections.includes(String(path[0]));
  return { when: ({ issues }: z.core.ParsePayload) => !issues.some(spoils) };
}

/** An object of the environment file in which a key nobody knows is an error that lists the known ones. */
export function section<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: issue =>
      issue.code === 'unrecognized_keys'
        ? `unknown key; the keys allowed here are ${Object.keys(shape).join(', ')}`
        : undefined,
  });
}
