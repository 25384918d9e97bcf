import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { Unexpected } from './unexpected';

/** As much of an answer as one line of a report can hold. */
const EXCERPT = 160;

/** LiteLLM's errors: OpenAI's form, FastAPI's form, or a bare string. */
const errorSchema = z.union([
  z.object({ error: z.object({ message: z.unknown(), type: z.unknown() }) }),
  z.object({ detail: z.unknown() }).transform(({ detail }) => ({
    error: { message: typeof detail === 'string' ? detail : JSON.stringify(detail), type: undefined },
  })),
  z.string().transform(message => ({ error: { message, type: undefined } })),
]);

/** What came back, whole. */
export class Answer {
  constructor(
    readonly status: number,
    readonly headers: IncomingHttpHeaders,
    readonly text: string,
    /** From the question to the last byte. */
    readonly seconds: number,
  ) {}

  /** @throws Unexpected with what was answered, for another status */
  expect(...statuses: readonly number[]): this {
    if (!statuses.includes(this.status)) throw new Unexpected(this.summary);
    return this;
  }

  /**
   * The body, if it has the shape.
   * @throws Unexpected with what was answered
   */
  as<Shape extends z.core.$ZodType>(shape: Shape): z.output<Shape> {
    const parsed = z.safeParse(shape, this.json);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new Unexpected(`${this.summary}; ${issue?.path.join('.') || 'its body'}: ${issue?.message}`);
  }

  /** One of LiteLLM's error types, such as `budget_exceeded`; empty when it names none. */
  get errorType(): string {
    return String(errorSchema.safeParse(this.json).data?.error.type ?? '');
  }

  /** One line that says what was answered. */
  get summary(): string {
    return `answered ${this.status} ${this.isPage ? this.page : this.message}`.trimEnd();
  }

  private get json(): unknown {
    try {
      return JSON.parse(this.text);
    } catch {
      return undefined;
    }
  }

  private get isPage(): boolean {
    return /^\s*<(!doctype|html|head|body)/i.test(this.text);
  }

  /** A page is never LiteLLM's answer to a question of its API. */
  private get page(): string {
    const title = /<title>\s*([^<]*?)\s*<\/title>/i.exec(this.text)?.[1];
    return `with an HTML page${title ? ` ("${title}")` : ''}: not LiteLLM answered, but something in front of it`;
  }

  private get message(): string {
    const { error } = errorSchema.safeParse(this.json).data ?? {};
    const said = error ? [error.type, error.message].filter(Boolean).map(String).join(': ') : this.text;
    const line = said.replace(/\s+/g, ' ').trim();
    return line.length > EXCERPT ? `${line.slice(0, EXCERPT)}…` : line;
  }
}
