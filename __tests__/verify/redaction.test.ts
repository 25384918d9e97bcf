import { Redaction } from '../../verify/redaction';

const SECRET = 'p"ss&word/1';

test.each([
  ['as it is', SECRET],
  ['in a URL', encodeURIComponent(SECRET)],
  ['in JSON', JSON.stringify({ SECRET })],
])('a secret is hidden %s', (_, text) => {
  const redaction = new Redaction();
  redaction.hide(SECRET);
  expect(redaction.found(text)).toBe(true);
  const redacted = redaction.redact(`before ${text} after`);
  expect(redacted).toMatch(/^before .*\(hidden\).* after$/);
  expect(redacted).not.toContain('word');
});

test('whatever looks like a key of LiteLLM is hidden, known or not', () => {
  expect(new Redaction().redact('Bearer sk-AbC_12-34xyz, sk-proj-1234567')).toBe(
    'Bearer sk-(hidden), sk-(hidden)',
  );
});

test("LiteLLM's own shortened keys stay readable", () => {
  expect(new Redaction().redact('Received API Key = sk-...4567')).toBe('Received API Key = sk-...4567');
});

test('a secret that is part of another leaves nothing of it', () => {
  const redaction = new Redaction();
  redaction.hide('secret');
  redaction.hide('secret-and-more');
  expect(redaction.redact('secret-and-more')).toBe('(hidden)');
});
