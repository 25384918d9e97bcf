import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { failureOf } from '../__tests__/helpers/failure';
import { FakeCloud, secretValue } from '../__tests__/helpers/fake-cloud';
import type { Json } from '../__tests__/helpers/objects';
import { outputs } from '../__tests__/helpers/render';
import type { Context } from '../lifecycle/context';
import { down } from '../lifecycle/down';
import { plainProgress } from '../lifecycle/progress';
import { up } from '../lifecycle/up';
import { command } from './harness/command';
import { poll } from './harness/poll';
import { deployWith, projectWith, smallStack, stackFolder, stateFile } from './harness/small-stack';
import { prepareTerraforms } from './harness/terraform';

/** The commands with the real Terraform; what comes before and after it answers as recorded. */
let cloud: FakeCloud;

beforeEach(() => {
  cloud = new FakeCloud({ class: 'development', deletionProtection: false });
  cloud.tools
    .on('kubectl *delete namespace*')
    .on('kubectl *get namespaces*', { stdout: '{"items":[]}' })
    .on('kubectl *get services*', { stdout: '{"items":[]}' })
    .on('kubectl *get job*', { stdout: '{"status":{"conditions":[{"type":"Complete","status":"True"}]}}' });
});

afterEach(() => cloud.dispose());

const yes = { yes: true };
const state = () => JSON.parse(readFileSync(stateFile(cloud), 'utf8'));
const files = (...tests: string[]) =>
  command('find', [cloud.folder, '-type', 'f', ...tests])
    .trim()
    .split('\n');

describe.each(prepareTerraforms())('$name', terraform => {
  beforeEach(() => deployWith(cloud, terraform));

  test('up plans, applies, takes the outputs over, and finds nothing to do the next time', async () => {
    expect(await up(projectWith(cloud), 'test', yes)).toBe(0);
    expect(cloud.out.join('\n')).toContain('Plan: 1 to add, 0 to change, 0 to destroy.');
    const written = readFileSync(join(cloud.folder, 'environments/test.outputs.json'), 'utf8');
    expect(JSON.parse(written)).toEqual({ test: outputs });

    const { serial } = state();
    cloud.out.length = 0;
    expect(await up(projectWith(cloud), 'test', yes)).toBe(0);
    expect(cloud.out.join('\n')).not.toContain('Plan:');
    expect(state().serial).toBe(serial);
  });

  test('Terraform shows what it plans, and --plan-only changes nothing', async () => {
    expect(await up(projectWith(cloud), 'test', { planOnly: true })).toBe(0);
    expect(cloud.out.join('\n')).toMatch(/# terraform_data\.gateway will be created[\s\S]*Plan: 1 to add/);
    expect(existsSync(stateFile(cloud))).toBe(false);
  });

  test('no secret is in the state, the outputs or a log, and no plan is left', async () => {
    await up(projectWith(cloud), 'test', yes);
    expect(files()).toContain(stateFile(cloud));
    expect(files().filter(path => readFileSync(path, 'utf8').includes(secretValue))).toEqual([]);
    expect(files().filter(path => path.endsWith('.tfplan'))).toEqual([]);
  });

  test('dist/ holds nothing new but hidden files, and the state is where cdktf deploy keeps it', async () => {
    await up(projectWith(cloud), 'test', yes);
    const left = files('-path', '*/dist/terraform/*', '-not', '-path', '*/.*');
    const names = new Set(left.map(path => path.split('/').at(-1)));
    expect([...names].sort()).toEqual(['cdk.tf.json', 'manifest.json']);
    expect(state().outputs.tenant_id.value).toBe(outputs.tenant_id);
  });

  test('a person who deploys by hand in between is no obstacle', async () => {
    await up(projectWith(cloud), 'test', yes);
    const env = { ...byHand().env, TF_VAR_acme_api_key: secretValue };
    command('sh', ['-c', `cd ${stackFolder(cloud)} && terraform plan -input=false -detailed-exitcode`], env);
    expect(await up(projectWith(cloud), 'test', yes)).toBe(0);
  });

  test('a lock that somebody else holds is an error that says who, and changes nothing', async () => {
    const other = await somebodyApplies(
      smallStack({ provisioner: [{ 'local-exec': { command: 'sleep 60' } }] }),
    );
    try {
      const message = await failureOf(up(projectWith(cloud), 'test', yes));
      expect(message).toMatch(
        /somebody else changes this stack: \S+@\S+, since 20\S+ \(OperationTypeApply\)/,
      );
      expect(message).toMatch(/terraform force-unlock [0-9a-f-]{36}/);
      expect(cloud.tools.calls('az aks get-credentials')).toEqual([]);
    } finally {
      other.kill('SIGINT');
      await once(other, 'exit');
    }
  });

  test('Ctrl-C lets Terraform write its state, and the next run finishes', async () => {
    const slow = smallStack({ provisioner: [{ 'local-exec': { command: 'echo applying; sleep 60' } }] });
    const progress: Context['progress'] = (title, work) =>
      plainProgress(cloud.host())(title, show =>
        work(line => {
          show(line);
          if (line.includes('(local-exec): applying')) cloud.interrupt();
        }),
      );
    const message = await failureOf(up({ ...projectWith(cloud, slow), progress }, 'test', yes));
    expect(message).toContain('terraform apply was interrupted');
    expect(state().resources.map(({ type }: Json) => type)).toEqual(['terraform_data']);

    cloud.resume();
    expect(await up(projectWith(cloud), 'test', yes)).toBe(0);
  });

  test('what fails in the middle is said in its words, and the next run continues', async () => {
    const broken = smallStack({ provisioner: [{ 'local-exec': { command: 'echo no quota >&2; exit 7' } }] });
    const message = await failureOf(up(projectWith(cloud, broken), 'test', yes));
    expect(message).toContain('exit status 7');
    expect(message).toContain('test is partly changed; its state knows what exists.');
    expect(await up(projectWith(cloud), 'test', yes)).toBe(0);
  });

  test('a stack that publishes nothing is not followed by a preview', async () => {
    const silent = JSON.stringify({ ...JSON.parse(smallStack()), output: {} });
    expect(await failureOf(up(projectWith(cloud, silent), 'test', yes))).toContain('gateway_client_id');
    expect(cloud.tools.calls('apply --server-side')).toEqual([]);
  });

  test('what may not be destroyed stays, and the key that protects it is named', async () => {
    await up(projectWith(cloud), 'test', yes);
    const kept = smallStack({ lifecycle: { prevent_destroy: true } });
    expect(await failureOf(down(projectWith(cloud, kept), 'test', { yes: 'test' }))).toContain(
      'deletionProtection',
    );
    expect(state().resources).toHaveLength(1);
    expect(cloud.tools.calls('delete namespace')).toEqual([]);
  });

  test('down lists what Terraform destroys, destroys it, and has nothing to do the next time', async () => {
    await up(projectWith(cloud), 'test', yes);
    cloud.out.length = 0;
    expect(await down(projectWith(cloud), 'test', { yes: 'test' })).toBe(0);
    expect(cloud.out.join('\n')).toContain('Destroyed for good:\n  - terraform_data.gateway\n');
    expect(state().resources).toEqual([]);
    expect(existsSync(join(cloud.folder, 'environments/test.outputs.json'))).toBe(false);
    expect(await down(projectWith(cloud), 'test', { yes: 'test' })).toBe(0);
  });
});

/** How a person runs Terraform. */
function byHand() {
  return {
    cwd: stackFolder(cloud),
    stdio: 'ignore',
    env: {
      PATH: `${cloud.tools.path}:/usr/bin:/bin`,
      HOME: cloud.folder,
      CHECKPOINT_DISABLE: '1',
      TF_VAR_acme_api_key: 'x',
    },
  } as const;
}

/** Somebody else at the same state, once the lock is theirs. */
async function somebodyApplies(stack: string): Promise<ChildProcess> {
  writeFileSync(join(stackFolder(cloud), 'cdk.tf.json'), stack);
  const terraform = join(cloud.tools.path, 'terraform');
  await once(spawn(terraform, ['init', '-input=false'], byHand()), 'exit');
  const child = spawn(terraform, ['apply', '-auto-approve', '-input=false'], byHand());
  const lock = join(cloud.folder, '.terraform.test.tfstate.lock.info');
  await poll('the lock is taken', () => existsSync(lock) || undefined);
  return child;
}
