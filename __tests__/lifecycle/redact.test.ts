import { redactor } from '../../lifecycle/redact';

const redact = redactor({
  TF_VAR_acme_api_key: 'acme-0123456789',
  TF_VAR_acme_api_key_old: 'acme-0123456789-and-more',
  ARM_CLIENT_SECRET: 'client~secret~value',
  CERTIFICATE_PASSWORD: 'first line\nsecond line of it',
  TF_VAR_flag: 'true',
  HOME: '/home/ada-lovelace',
});

test.each([
  ['a value of a variable, by its name', 'key acme-0123456789.', 'key (hidden: TF_VAR_acme_api_key).'],
  ['the longer of two', 'acme-0123456789-and-more', '(hidden: TF_VAR_acme_api_key_old)'],
  [
    'every occurrence',
    'client~secret~value client~secret~value',
    '(hidden: ARM_CLIENT_SECRET) (hidden: ARM_CLIENT_SECRET)',
  ],
  ['a line of a value of several', 'saw second line of it', 'saw (hidden: CERTIFICATE_PASSWORD)'],
  ['an API key', 'Bearer sk-abcdefghij0123456789', 'Bearer (hidden: API key)'],
  ['a token', 'eyJhbGciOiJub25l.eyJzdWIiOiJh.c2ln', '(hidden: token)'],
  ['a password in a URL', 'postgresql://u:pw@db:5432/x', 'postgresql://u:(hidden)@db:5432/x'],
  ['a connection string', 'AccountKey=abc123==;Endpoint=x', 'AccountKey=(hidden);Endpoint=x'],
])('hides %s', (_, text, clean) => {
  expect(redact(text)).toBe(clean);
});

test('leaves words and what is no credential as they are', () => {
  const line = 'true: /home/ada-lovelace task-list skip eyJ https://user@host/';
  expect(redact(line)).toBe(line);
});
