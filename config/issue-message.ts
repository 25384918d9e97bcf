import type { z } from 'zod';

/** What is wrong and what is allowed, in place of zod's own words, where a schema says nothing of its own. */
export function issueMessage(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `is ${typeName(issue.input)}; use ${NAMES[String(issue.expected)] ?? issue.expected}`;
    case 'invalid_value':
      return `is none of the allowed values; use ${list(issue.values ?? [])}`;
    case 'too_small':
      return bound(issue.origin, Number(issue.minimum), issue.inclusive === false ? 'more than' : 'at least');
    case 'too_big':
      return bound(issue.origin, Number(issue.maximum), issue.inclusive === false ? 'less than' : 'at most');
    case 'unrecognized_keys':
      return 'unknown key; leave it out';
    case 'invalid_union':
      return issue.discriminator ? undefined : `is ${typeName(issue.input)}; use ${JSON_VALUE}`;
    default:
      return undefined;
  }
}

const NAMES: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
};

/** What is left of the schema's unions when no alternative has the value's shape: plain data of LiteLLM's own. */
const JSON_VALUE = 'a string, a finite number, true, false, null, a list or an object';

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number') return numberName(value);
  if (typeof value === 'boolean') return 'a boolean';
  return NAMES[typeof value] ?? `a ${typeof value}`;
}

function numberName(value: number): string {
  if (!Number.isFinite(value)) return 'no finite number';
  return Number.isInteger(value) ? 'a number' : 'a fraction';
}

function list(values: readonly unknown[]): string {
  const quoted = values.map(value => JSON.stringify(value));
  return [quoted.slice(0, -1).join(', '), ...quoted.slice(-1)].filter(Boolean).join(' or ');
}

/** What is counted of a value, other than a number. */
const COUNTED: Readonly<Record<string, string>> = { string: 'character', array: 'entry', set: 'entry' };

function bound(origin: unknown, limit: number, relation: string): string {
  const counted = COUNTED[String(origin)];
  if (!counted) return `is out of range; use ${relation} ${limit}`;
  const plural = counted === 'entry' ? 'entries' : `${counted}s`;
  return `has ${relation === 'at most' || relation === 'less than' ? 'too many' : 'too few'} ${plural}; use ${relation} ${limit}`;
}
