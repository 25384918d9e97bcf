import { textProblems } from '../../config/text';

const found = (file: unknown) => textProblems('environments/dev.ts', file);

test.each([
  `\${azurerm_x.y.z}`,
  'a %{ if x } b',
  `https://\${var.host}/`,
])('the template %s is refused wherever it stands, because Terraform would evaluate it', value => {
  expect(found({ tags: { a: [{ b: value }] } })).toEqual([
    {
      where: 'environments/dev.ts',
      path: 'tags.a.0.b',
      given: JSON.stringify(value),
      message: expect.stringContaining('holds a template'),
    },
  ]);
});

test.each([
  ['headers', 'Authorization'],
  ['headers', 'x-api-key'],
  ['env', 'LANGFUSE_SECRET_KEY'],
  ['env', 'DB_PASSWORD'],
  ['env', 'SLACK_WEBHOOK_URL'],
  ['settings', 'api_key'],
  ['settings', 'client_secret'],
  ['settings', 'apiKey'],
  ['settings', 'clientSecret'],
])('a value in %s of a key that is called %s is refused and hidden, whatever it looks like', (section, key) => {
  expect(found({ [section]: { [key]: 'canary' } })).toEqual([
    {
      where: 'environments/dev.ts',
      path: `${section}.${key}`,
      given: '(hidden)',
      message: expect.stringContaining(`the value of "${key}"`),
    },
  ]);
});

test('a key is text as well: a template is refused, a credential hidden', () => {
  const key = 'sk-ant-api03-abcdefghijklmnop';
  const template = `\${var.x}`;
  expect(found({ tags: { [key]: 'x', [template]: 'y' } })).toMatchObject([
    { path: 'tags.(hidden)', given: '(hidden)', message: expect.stringContaining('an API key') },
    { path: `tags.${template}`, message: expect.stringContaining('holds a template') },
  ]);
});

test('a reference to a variable, an empty string and the name of a secret are no credentials', () => {
  expect(
    found({
      settings: { api_key: 'os.environ/LANGFUSE_SECRET_KEY', password: '' },
      auth: { type: 'bearer_token', secret: 'docs-token' },
      apiKeySecret: 'acme-api-key',
      price: 5,
      nothing: null,
    }),
  ).toEqual([]);
});
