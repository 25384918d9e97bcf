import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { synthesizeOne } from '../../lifecycle/context';
import { down } from '../../lifecycle/down';
import { failureOf } from '../helpers/failure';
import { FakeCloud, terraformOutputs, writePlan } from '../helpers/fake-cloud';
import { outputs } from '../helpers/render';

const disposable = {
  class: 'development',
  deletionProtection: false,
  keyVault: { purgeProtection: false, softDeleteRetentionDays: 7 },
  azureOpenAi: { deployments: [{ name: 'chat', model: 'gpt-5.6-terra', version: '2026-07-09' }] },
};
const yes = { yes: 'test' };

let cloud: FakeCloud;

beforeEach(() => {
  cloud = deployed();
});

afterEach(() => cloud.dispose());

/** An environment that is deployed; destroying it makes every later plan empty. */
function deployed(changes: object = disposable): FakeCloud {
  const made = new FakeCloud(changes);
  writeFileSync(join(made.folder, 'environments/test.outputs.json'), JSON.stringify({ test: outputs }));
  made.tools
    .on('terraform plan*-destroy*', {
      run: `${writePlan}; if [ -e $STATE/destroyed ]; then echo "No changes. No objects need to be destroyed."; exit 0; fi`,
      stdout:
        'Terraform will perform the following actions:\n\n  # azurerm_kubernetes_cluster.cluster will be destroyed\n  - resource\n\n  # azurerm_key_vault.key_vault will be destroyed\n\nPlan: 0 to add, 0 to change, 59 to destroy.\n',
      status: 2,
    })
    .on('terraform apply*', { run: 'echo > $STATE/destroyed', stdout: 'Destroy complete!' })
    .on('terraform output*', { stdout: terraformOutputs({}) })
    .on('kubectl *delete namespace*')
    .on('kubectl *get namespaces*', { stdout: '{"items":[]}' })
    .on('kubectl *get services*', { stdout: '{"items":[]}' })
    .on('az keyvault list-deleted*', { stdout: JSON.stringify([{ name: made.environment.names.keyVault }]) })
    .on('az keyvault purge*')
    .on('az cognitiveservices account list-deleted*', { stdout: '[]' })
    .on('az cognitiveservices account purge*');
  return made;
}

test('the namespace goes first, then the stacks', async () => {
  expect(await down(cloud.context(), 'test', yes)).toBe(0);
  const order = cloud.tools.calls().flatMap(call => /delete namespace|terraform apply/.exec(call)?.[0] ?? []);
  expect(order).toEqual(['delete namespace', 'terraform apply']);
  expect(cloud.out.at(-1)).toBe('test is gone.');
});

test('nothing is destroyed while the namespace is still there, and what holds it is said', async () => {
  const condition = {
    type: 'NamespaceFinalizersRemaining',
    status: 'True',
    message: 'acme.cert-manager.io/finalizer in 1 resource',
  };
  cloud.tools.on('kubectl *get namespaces*', {
    stdout: JSON.stringify({ items: [{ status: { conditions: [condition] } }] }),
  });
  const message = await failureOf(down(cloud.context(), 'test', yes));
  expect(message).toContain('acme.cert-manager.io/finalizer in 1 resource');
  expect(cloud.tools.calls('terraform apply')).toEqual([]);
});

test('before the question stand all resources, the data and the salt key', async () => {
  const seen: string[] = [];
  const ask = async (question: string) => {
    seen.push(cloud.out.join('\n'), question);
    return 'test';
  };
  await down(cloud.context({ host: cloud.host({ interactive: true, ask }) }), 'test', {});
  const [screen, question] = seen;
  const { names } = cloud.environment;
  expect(screen).toContain('- azurerm_kubernetes_cluster.cluster\n');
  expect(screen).toContain('- azurerm_key_vault.key_vault\n');
  expect(screen).toContain(`database litellm on ${names.postgres}`);
  expect(screen).toContain(`az keyvault secret show --vault-name ${names.keyVault} --name litellm-salt-key`);
  expect(question).toBe('Destroy test? Only "test" is accepted: ');
});

test.each(['yes', 'prod', '', 'Test'])('"%s" is not the name: nothing is destroyed', async answer => {
  cloud.answer = answer;
  const host = cloud.host({ interactive: true });
  expect(await failureOf(down(cloud.context({ host }), 'test', {}))).toBe('Not confirmed.');
  expect(cloud.tools.calls('delete namespace')).toEqual([]);
  expect(cloud.tools.calls('terraform apply')).toEqual([]);
});

test.each([
  ['deletionProtection', { class: 'development' }, yes, 'deletionProtection: false in environments/test.ts'],
  ['production', {}, yes, 'deletionProtection: false and a waiver of class-deletion'],
  [
    'another name after --yes',
    disposable,
    { yes: 'prod' },
    '--yes\n    given    prod\n    problem  takes the same name again; the environment is test',
  ],
  ['nobody to ask', disposable, {}, 'pass --yes test'],
])('%s stops it before any tool is started', async (_, changes, options, said) => {
  cloud.dispose();
  cloud = deployed(changes);
  expect(await failureOf(down(cloud.context(), 'test', options))).toContain(said);
  expect(cloud.tools.calls()).toEqual([]);
});

test('a vault with purge protection keeps its name, and that is said before the question', async () => {
  cloud.dispose();
  cloud = deployed({ deletionProtection: false });
  await down(cloud.context(), 'test', { ...yes, purge: true });
  expect(cloud.out.join('\n')).toMatch(/the name kv-llm-test-\w+ stays taken for 90 days/);
  expect(cloud.tools.calls('keyvault purge')).toEqual([]);
});

test('--purge purges what Azure kept, and only that', async () => {
  await down(cloud.context(), 'test', { ...yes, purge: true });
  const { keyVault } = cloud.environment.names;
  expect(cloud.tools.calls('az keyvault purge')).toEqual([
    expect.stringContaining(`--name ${keyVault} --location westeurope`),
  ]);
  expect(cloud.tools.calls('cognitiveservices account purge')).toEqual([]);
});

test('without --purge nothing is', async () => {
  await down(cloud.context(), 'test', yes);
  expect(cloud.tools.calls('purge')).toEqual([]);
});

test('the outputs are forgotten, so that the manifests are a preview again', async () => {
  const context = cloud.context();
  await down({ ...context, synthesize: name => synthesizeOne(context, name) }, 'test', yes);
  expect(existsSync(join(cloud.folder, 'environments/test.outputs.json'))).toBe(false);
  const manifest = join(cloud.folder, 'dist/kubernetes/test/10-namespace.yaml');
  expect(readFileSync(manifest, 'utf8')).toContain('(known after apply)');
});

test('a load balancer outside the namespace is named', async () => {
  const service = { metadata: { namespace: 'ingress', name: 'nginx' }, spec: { type: 'LoadBalancer' } };
  cloud.tools.on('kubectl *get services*', { stdout: JSON.stringify({ items: [service] }) });
  await down(cloud.context(), 'test', yes);
  expect(cloud.err.join('\n')).toContain('ingress/nginx still has a load balancer');
});

describe('--export-database', () => {
  const file = () => join(cloud.folder, 'rows.sql');
  const complete = { stdout: 'COPY rows;\n-- end of the export\n' };
  const exported = () => down(cloud.context(), 'test', { ...yes, exportDatabase: file() });

  test('writes the rows to a file of its owner alone, before anything is destroyed', async () => {
    cloud.tools.on('kubectl *exec deployment/litellm-proxy*', complete);
    expect(await exported()).toBe(0);
    expect(readFileSync(file(), 'utf8')).toBe(complete.stdout);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    const order = cloud.tools
      .calls()
      .flatMap(call => /exec deployment|delete namespace/.exec(call)?.[0] ?? []);
    expect(order).toEqual(['exec deployment', 'delete namespace']);
    expect([...cloud.journal().values()].join()).not.toContain('COPY rows');
  });

  test.each([
    ['the connection was lost', { stdout: 'BEGIN;\n' }, 'ended early'],
    ['the pod cannot', { stderr: 'no psycopg', status: 1 }, 'no psycopg'],
  ])('destroys nothing and leaves no file when %s', async (_, answer, said) => {
    cloud.tools.on('kubectl *exec deployment/litellm-proxy*', answer);
    expect(await failureOf(exported())).toContain(said);
    expect(readdirSync(cloud.folder).filter(name => name.startsWith('rows'))).toEqual([]);
    expect(cloud.tools.calls('delete namespace')).toEqual([]);
  });

  test('is complete with what its program says last', async () => {
    const run = `while IFS='"' read -r name said _; do [ "$name" != 'END = ' ] || echo "$said"; done`;
    cloud.tools.on('kubectl *exec deployment/litellm-proxy*', { run });
    expect(await exported()).toBe(0);
    expect(complete.stdout).toContain(readFileSync(file(), 'utf8'));
  });

  test('and whatever else is wrong is said at once', async () => {
    const options = { yes: 'prod', exportDatabase: '/nowhere/rows.sql' };
    expect(await failureOf(down(cloud.context(), 'tost', options))).toMatch(
      /^3 problems\n\n {2}--yes\n[\s\S]*--export-database\n.*\n.*there is no folder \/nowhere\n[\s\S]*environments: tost\n/,
    );
    expect(cloud.tools.calls()).toEqual([]);
  });

  test('never writes over a file', async () => {
    writeFileSync(file(), 'the only copy');
    expect(await failureOf(exported())).toContain('exists already');
    expect(cloud.tools.calls()).toEqual([]);
  });
});

describe('a run that continues', () => {
  test.each([
    ['terraform init*', 'Prepare Terraform'],
    ['terraform plan*-destroy*', 'Plan test'],
    ['kubectl *delete namespace*', 'Delete the namespace'],
    ['terraform apply*', 'Apply the plan'],
    ['az keyvault list-deleted*', 'Purge deleted names'],
  ])('after a failure of %s ends well', async (pattern, stage) => {
    cloud.tools.on(pattern, { status: 1, stderr: 'boom' });
    const options = { ...yes, purge: true };
    const message = await failureOf(down(cloud.context(), 'test', options));
    expect(message).toMatch(new RegExp(`^${stage}[\\s\\S]*Continue {2}npm run down -- test --purge$`));
    cloud.tools.off(pattern);
    expect(await down(cloud.context(), 'test', options)).toBe(0);
  });

  test.each([
    ['terraform init*', 'Prepare Terraform for test: terraform init'],
    ['terraform plan*-destroy*', 'Plan test: terraform plan'],
    ['kubectl *delete namespace*', 'Delete the namespace litellm: kubectl delete namespace litellm'],
    ['kubectl *get namespaces*', 'Delete the namespace litellm: kubectl get namespaces'],
    ['terraform apply*', 'Apply the plan of test: terraform apply'],
    ['az keyvault purge*', 'Purge deleted names: az keyvault purge'],
  ])('after Ctrl-C during %s, or after it was killed, ends well', async (pattern, called) => {
    const options = { ...yes, purge: true };
    cloud.tools.on(pattern, { run: 'kill -9 $$' });
    const killed = await failureOf(down(cloud.context(), 'test', options));
    expect(killed).toContain(`${called} was ended by SIGKILL\n`);

    cloud.tools.on(pattern, {
      run: 'echo > $STATE/begun; trap "exit 1" INT; while :; do /bin/sleep 0.02; done',
    });
    const running = failureOf(down(cloud.context(), 'test', options));
    const begun = join(cloud.tools.folder, 'state/begun');
    let hasEnded = false;
    running.finally(() => {
      hasEnded = true;
    });
    while (!existsSync(begun) && !hasEnded) await sleep(10);
    cloud.interrupt();
    const interrupted = await running;
    expect(interrupted).toContain(`${called} was interrupted\n`);
    expect(interrupted).toMatch(/^ {2}Continue {2}npm run down -- test --purge$/m);
    expect([...cloud.journal().keys()].filter(name => !name.endsWith('.log'))).toEqual([]);

    cloud.resume();
    cloud.tools.off(pattern).off(pattern);
    expect(await down(cloud.context(), 'test', options)).toBe(0);
  });

  test('after the cluster is gone does without it', async () => {
    cloud.tools.on('az aks show*', { status: 3, stderr: '(ResourceNotFound) The Resource was not found.' });
    expect(await down(cloud.context(), 'test', yes)).toBe(0);
    expect(cloud.tools.calls('kubectl').filter(call => !call.includes('version'))).toEqual([]);
    expect(cloud.tools.calls('terraform apply')).toHaveLength(1);
  });

  test('without a cluster that does not answer is a decision of the caller', async () => {
    cloud.tools.on('kubectl *get namespace kube-system*', { status: 1, stderr: 'dial tcp: i/o timeout' });
    const message = await failureOf(down(cloud.context(), 'test', yes));
    expect(message).toContain('npm run down -- test --without-cluster');
    expect(await down(cloud.context(), 'test', { ...yes, withoutCluster: true })).toBe(0);
    expect(cloud.tools.calls('delete namespace')).toEqual([]);
  });

  describe('with a stack that lives in the cluster', () => {
    test('destroys that one first', async () => {
      cloud.tools.on('terraform apply*', { run: 'pwd >> $STATE/applied' });
      await down(cloud.withAddons(), 'test', yes);
      const order = readFileSync(join(cloud.tools.folder, 'state/applied'), 'utf8').trim().split('\n');
      expect(order.map(folder => folder.split('/').at(-1))).toEqual(['test-addons', 'test']);
    });

    test('forgets it where the cluster cannot be reached: its resources go with the cluster', async () => {
      cloud.tools
        .on('terraform state list*', { stdout: 'helm_release.ingress\nhelm_release.cert_manager\n' })
        .on('terraform state rm*');
      expect(await down(cloud.withAddons(), 'test', { ...yes, withoutCluster: true })).toBe(0);
      expect(cloud.tools.calls('terraform state rm')).toEqual([
        'terraform state rm helm_release.ingress helm_release.cert_manager',
      ]);
      expect(cloud.tools.calls('terraform plan')).toHaveLength(1);
    });
  });
});
