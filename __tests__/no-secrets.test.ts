import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { credentialKind } from '../config/pasted-secret';
import { textProblems } from '../config/text';
import { listFiles } from '../synth/write';

const pasted: [kind: string, value: string][] = [
  ['an API key', `sk-${'canary0'.repeat(4)}`],
  ['a GitHub token', `ghp_${'canary0'.repeat(6)}`],
  ['a JSON web token', `eyJ${'canary'.repeat(3)}.eyJ${'canary'.repeat(3)}.x`],
  ['an Azure AI key', `${'c0ffee'.repeat(5)}c0`],
  ['an Azure access key', `${'canary0'.repeat(6)}x=`],
  ['a URL with a password', 'postgresql://litellm:canary@host:5432/litellm'],
  ['a connection string', 'Server=x;Password=canary;'],
  ['a private key', '-----BEGIN RSA PRIVATE KEY-----\ncanary'],
  ['an authorization header', 'Bearer canary-canary'],
];

describe('a credential in an environment file', () => {
  it.each(pasted)('is recognized as %s, and not repeated', (kind, value) => {
    const [problem, ...others] = textProblems('environments/dev.ts', { gateway: { env: { X: value } } });
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ where: 'environments/dev.ts', path: 'gateway.env.X' });
    expect(problem?.message).toContain(kind);
    expect(JSON.stringify(problem)).not.toContain('canary');
  });
});

describe('the committed output', () => {
  const dist = join(__dirname, '..', '..', 'dist');

  it.each(listFiles(dist))('%s holds nothing that looks like a credential', path => {
    const words = readFileSync(join(dist, path), 'utf8').split(/[\s",]+/);
    // $(DATABASE_PASSWORD) is the kubelet's, and config hashes are longer than any key.
    const found = words.filter(word => credentialKind(word) && !word.includes(':$(DATABASE_PASSWORD)@'));
    expect(found).toEqual([]);
  });
});
