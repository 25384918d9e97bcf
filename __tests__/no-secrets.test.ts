import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { credentialKind } from '../config/pasted-secret';
import { textProblems } from '../config/text';
import { listFiles } from '../synth/write';
import { copyOfProject } from './helpers/checkout';

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
  ['the address of a webhook', 'https://hooks.slack.com/services/T0/B0/canary'],
  ['the address of a webhook', 'https://contoso.webhook.office.com/webhookb2/canary'],
  ['the address of a webhook', 'https://events.eu.pagerduty.com/integration/canary/enqueue'],
  ['the address of a webhook', 'https://prod-1.eastus.logic.azure.com/workflows/x?api-version=1&sig=canary'],
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

describe('a canary', () => {
  const canary = 'c4n4ry0f0urs';
  const { folder } = copyOfProject(mkdtempSync(join(tmpdir(), 'litellm-aks-')));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** What the command line writes and says, with a canary in every variable that may hold a secret. */
  function synthesize(): { status: number | null; said: string; written: string } {
    const secrets = [
      'TF_VAR_opencode_go_api_key',
      'TF_VAR_opencode_zen_api_key',
      'ARM_CLIENT_SECRET',
      'ARM_ACCESS_KEY',
    ]
      .concat([
        'LITELLM_MASTER_KEY',
        'LITELLM_SALT_KEY',
        'DATABASE_URL',
        'REDIS_PASSWORD',
        'AZURE_OPENAI_KEY',
      ])
      .map(name => [name, canary]);
    const dist = join(folder, 'dist');
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'run'), 'synth'], {
      cwd: folder,
      env: {
        ...Object.fromEntries(secrets),
        CDKTF_OUTDIR: join(dist, 'terraform'),
        CDK8S_OUTDIR: join(dist, 'kubernetes'),
      },
      encoding: 'utf8',
    });
    const written = listFiles(dist).map(path => readFileSync(join(dist, path), 'utf8'));
    return { status, said: stdout + stderr, written: written.join('\n') };
  }

  it('in the environment of the process is neither written nor said', () => {
    const { status, said, written } = synthesize();
    expect({ status, written: written.length > 100_000 }).toEqual({ status: 0, written: true });
    expect(said + written).not.toContain(canary);
  });

  it('in an outputs file, beside the outputs, is refused and not repeated', () => {
    const id = '00000000-0000-4000-8000-000000000000';
    const outputs = {
      gateway_client_id: id,
      gateway_principal_id: id,
      tenant_id: id,
      master_key: `sk-${canary.repeat(2)}`,
    };
    writeFileSync(join(folder, 'environments', 'dev.outputs.json'), JSON.stringify({ dev: outputs }));
    const { status, said, written } = synthesize();
    expect(status).toBe(1);
    expect(said).toContain('environments/dev.outputs.json: dev.master_key');
    expect(said + written).not.toContain(canary);
  });
});
