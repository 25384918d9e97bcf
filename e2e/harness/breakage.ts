import type { Mischief, Question, Reply } from './front';

/** One thing that goes wrong, and the check that has to see it. */
export interface Breakage {
  readonly what: string;
  /** The failure that there has to be: this one, and no other. */
  readonly fails: string;
  /** The checks that look at this: the others' failures are found by the other breakages. */
  readonly only: readonly string[];
  readonly mischief: Mischief;
}

/** A question that something goes wrong with. */
export type When = (question: Question) => boolean;

/** A check's question: every prompt ends in a label of its own. */
export function asks(label: string): When {
  return ({ body }) => String(body?.messages?.[0]?.content ?? '').endsWith(` ${label})`);
}

export function at(...paths: readonly string[]): When {
  return ({ path }) => paths.includes(path.split('?')[0] ?? '');
}

export function both(...conditions: readonly When[]): When {
  return question => conditions.every(condition => condition(question));
}

export const answered = (when: When, reply: Reply): Mischief => ({
  ask: question => (when(question) ? reply : undefined),
});

/** Changes the JSON that was asked for on its way back. */
// biome-ignore lint/suspicious/noExplicitAny: bodies of an API that this project does not own
export const changed = (when: When, change: (body: any, question: Question) => unknown): Mischief => ({
  reply: (question, reply) => {
    if (!when(question) || reply.status !== 200) return;
    if (!reply.headers['content-type']?.includes('json')) return;
    const body = JSON.parse(reply.text);
    reply.text = JSON.stringify(change(body, question) ?? body);
  },
});

export const withoutHeaders = (...names: readonly string[]): Mischief => ({
  reply: (_, { headers }) => {
    for (const name of names) delete headers[name];
  },
});

/** Everything that the master key may do, for whoever asks this. */
export const letIn = (masterKey: string, when: When): Mischief => ({
  ask: question => {
    if (when(question)) question.authorization = `Bearer ${masterKey}`;
    return undefined;
  },
});

export const html = (status: number): Reply => ({
  status,
  headers: { 'content-type': 'text/html' },
  text: '<html><title>Bad Gateway</title></html>',
});

/** @param only what is checked; the group of what fails, so that a failure next to it would be seen */
export function row(what: string, fails: string, mischief: Mischief, only?: readonly string[]): Breakage {
  return { what, fails, only: only ?? [fails.split('.')[0] ?? ''], mischief };
}

export const chat = at('/v1/chat/completions');

export function hasMessages({ body }: Question): boolean {
  return Array.isArray(body?.messages);
}
