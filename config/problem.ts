import type { z } from 'zod';
import type { InvariantCode } from './invariant-codes';
import { credentialKind, HIDDEN, shownKey } from './pasted-secret';

/** Something that keeps an environment from being synthesized. */
export interface Problem {
  /** The file, or the part of the output, that it was found in. */
  readonly where: string;
  /** The key within it, such as `network.subnets.aks`; empty for the whole. */
  readonly path: string;
  /** What was given; left out where it cannot be shown. */
  readonly given?: string;
  /** What is wrong, what is allowed, and how to fix it. */
  readonly message: string;
  /** The invariant that is broken, if it is one: docs/invariants.md explains it. */
  readonly code?: InvariantCode;
}

/** How a rule of the schema says which invariant it is. */
export function invariant(code: InvariantCode) {
  return { code: 'custom', params: { invariant: code } } as const;
}

/** Thrown with every problem there is, so that one run shows them all. */
export class ProblemsError extends Error {
  /** @param consequence what they kept from happening, where it is not plain: `nothing was written` */
  constructor(
    readonly problems: readonly Problem[],
    consequence = '',
  ) {
    super(formatProblems(problems, consequence));
    this.name = 'ProblemsError';
  }
}

/**
 * Takes a step whose problems are said with others.
 * @returns what it gives, or undefined once its problems are among the others
 */
export function collect<T>(others: Problem[], step: () => T): T | undefined {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    others.push(...error.problems);
    return undefined;
  }
}

/** What zod found, in the house's form: one problem per key, with the value that was given. */
export function problemsOf(where: string, error: z.ZodError, input: unknown): Problem[] {
  return error.issues.flatMap(innermost).flatMap(issue => {
    const paths =
      issue.code === 'unrecognized_keys' ? issue.keys.map(key => [...issue.path, key]) : [issue.path];
    return paths.map(path => {
      const given = valueAt(input, path);
      const missing = issue.code === 'invalid_type' && given === undefined;
      const message = missing ? `is required: ${issue.expected}` : issue.message;
      const code = issue.code === 'custom' && issue.params?.invariant;
      return {
        where,
        path: path.map(key => shownKey(String(key))).join('.'),
        given: show(given, path.at(-1)),
        message,
        ...(code && { code }),
      };
    });
  });
}

/** What zod wraps: the reason why a key is refused, and the one alternative of a union whose shape the value has. */
function innermost(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  const within = (inner: readonly z.core.$ZodIssue[]) =>
    inner.flatMap(innermost).map(found => ({ ...found, path: [...issue.path, ...found.path] }));
  if (issue.code === 'invalid_key') return within(issue.issues);
  if (issue.code !== 'invalid_union') return [issue];
  const meant = issue.errors.find(errors =>
    errors.every(({ path, code }) => path.length > 0 || code === 'unrecognized_keys'),
  );
  return meant ? within(meant) : [issue];
}

/** Below the first line's text. */
const FURTHER_LINE = `\n${' '.repeat(13)}`;

function formatProblems(problems: readonly Problem[], consequence: string): string {
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  const lines = problems.map(
    ({ where, path, given, message, code }) =>
      `  ${where}${path && `: ${printable(path)}`}\n${given === undefined ? '' : `    given    ${printable(given)}\n`}    problem  ${message.replaceAll('\n', FURTHER_LINE)}${code ? `\n    code     ${code} (docs/invariants.md)` : ''}`,
  );
  return `${count}${consequence && `, ${consequence}`}\n\n${lines.join('\n\n')}`;
}

/** Longer values are cut: a terminal shows no more of the problems than fits. */
const LONGEST = 500;

/** What stands on one line, and neither moves the cursor nor turns the direction of writing. */
function printable(text: string): string {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${text.length} characters)` : text;
  return cut.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, character => {
    const code = character.codePointAt(0)?.toString(16).padStart(4, '0');
    return `\\u${code}`;
  });
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    input,
  );
}

/** Whole objects are left out, because the path already names them, and so is what must not get into a log. */
function show(value: unknown, key?: PropertyKey): string | undefined {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string' && credentialKind(value, String(key))) return HIDDEN;
  if (typeof value === 'object' && value !== null) return undefined;
  // JSON knows neither NaN nor 1n.
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : JSON.stringify(value);
}
