import type { z } from 'zod';
import { issueMessage } from '../config/issue-message';

/**
 * What a tool answered in JSON, as far as it is read: behind a proxy, or of another version, it says something else.
 * @param asked for the message: `az account show`
 * @throws Error that does not quote the answer, which only the log has without its secrets
 */
export function readJson<Schema extends z.ZodType>(
  asked: string,
  text: string,
  schema: Schema,
): z.output<Schema> {
  const fail = (what: string) => new Error(`${asked} answered ${what}; the log has the answer`);
  if (text.trim() === '') throw new Error(`${asked} answered nothing, where JSON was expected`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw fail('no JSON');
  }
  const parsed = schema.safeParse(json, { error: issueMessage });
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) =>
    [path.join('.') || 'the whole', message].join(' '),
  );
  throw fail(`in another form: ${issues.join(', ')}`);
}
