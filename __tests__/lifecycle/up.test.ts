import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Context, synthesizeOne } from '../../lifecycle/context';
import { type Progress, plainProgress } from '../../lifecycle/progress';
import { up } from '../../lifecycle/up';
import { failureOf } from '../helpers/failure';
import {
  address,
  coreDns,
  FakeCloud,
  kubeconfig,
  secretValue,
  subscription,
  terraformOutputs,
  writePlan,
} from '../helpers/fake-cloud';
import { outputs } from '../helpers/render';

let cloud: FakeCloud;

beforeEach(() => {
  cloud = new FakeCloud();
});

afterEach(() => cloud.dispose());

const yes = { yes: true };
const internal = {
  subscriptionId: subscription,
  ingress: {
    exposure: 'internal',
    acme: { email: 'platform@acme.example', solver: 'dns01' },
    dnsZone: { name: 'acme.example', resourceGroup: 'rg-dns' },
  },
};
const plansLeft = () => [...cloud.journal().keys()].filter(name => !name.endsWith('.log'));

test('an environment file becomes a gateway: plan, apply, outputs, manifests in order, verify', async () => {
  expect(await up(cloud.context(), 'test', yes)).toBe(0);

  const verbs = cloud.tools.calls('terraform').map(call => call.split(' ')[1]);
  expect(verbs).toEqual(['version', 'init', 'plan', 'apply', 'output']);
  const applied = cloud.tools.calls('kubectl', 'apply').map(call => /filename=.*\/(\S+)$/.exec(call)?.[1]);
  expect(applied.length).toBeGreaterThan(8);
  expect(applied).toEqual([...applied].sort());
  expect(cloud.verified).toEqual(['test']);
  expect(cloud.out.join('\n')).toContain('Plan: 59 to add, 0 to change, 0 to destroy.');
  expect(cloud.out.at(-1)).toBe('test is up: https://llm.acme.example');
});

test('what Azure invented is written where synth reads it, and the applied manifests hold it', async () => {
  const context = cloud.context();
  await up({ ...context, synthesize: name => synthesizeOne(context, name) }, 'test', yes);
  const file = join(cloud.folder, 'environments/test.outputs.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ test: outputs });
  const manifest = join(cloud.folder, 'dist/kubernetes/test/20-service-account.yaml');
  expect(readFileSync(manifest, 'utf8')).toContain(outputs.gateway_client_id);
});

test('a second run finds nothing to do: no question, nothing applied by Terraform, the same manifests', async () => {
  await up(cloud.context(), 'test', yes);
  cloud.tools.forgetCalls();
  const context = cloud.context({ host: cloud.host() });
  expect(await up(context, 'test', yes)).toBe(0);
  expect(cloud.questions).toEqual([]);
  expect(cloud.tools.calls('terraform apply')).toEqual([]);
  expect(cloud.tools.calls('kubectl', 'apply').length).toBeGreaterThan(8);
});

test('each stage is announced, timed and logged in the order that it ran', async () => {
  await up(cloud.context(), 'test', yes);
  const stages = cloud.err.filter(line => line.startsWith('✔')).map(line => line.replace(/ \(\d+ s\)$/, ''));
  expect(stages).toEqual([
    '✔ Check tools and login',
    '✔ Synthesize test',
    '✔ Check sizes and quotas',
    '✔ Prepare Terraform for test',
    '✔ Plan test',
    '✔ Apply the plan of test',
    '✔ Take over the outputs',
    '✔ Reach the cluster aks-llm-test',
    '✔ Apply the manifests',
    '✔ Wait for litellm-proxy',
    '✔ Wait for llm.acme.example',
    ...(cloud.err.some(line => line.includes('waited for the name'))
      ? ['✔ Apply what waited for the name']
      : []),
    '✔ Verify the gateway',
    '✔ Delete what no revision uses',
  ]);
  const logs = [...cloud.journal().keys()].sort();
  expect(logs).toHaveLength(stages.length);
  expect(logs[5]).toBe('06-apply-the-plan-of-test.log');
  expect(cloud.journal().get('06-apply-the-plan-of-test.log')).toContain('Apply complete!');
});

test('what synth warns of is said before the plan', async () => {
  await up(cloud.context(), 'test', yes);
  const said = cloud.err.join('\n');
  expect(said).toMatch(/✔ Synthesize test[\s\S]*Warning: catalogue: .*\[model-unpriced\][\s\S]*✔ Plan test/);
  expect(said).toMatch(/Note: the API server of aks-llm-test is private/);
});

describe('who decides', () => {
  test('a person who says yes sees the plan first', async () => {
    const shown: number[] = [];
    const ask = async () => {
      shown.push(cloud.out.join('\n').indexOf('Plan: 59 to add'));
      return 'yes';
    };
    await up(cloud.context({ host: cloud.host({ interactive: true, ask }) }), 'test', {});
    expect(shown).toHaveLength(1);
    expect(shown[0]).toBeGreaterThan(-1);
    expect(cloud.tools.calls('terraform apply')).toHaveLength(1);
  });

  test.each(['no', 'y', '', 'YES'])('"%s" changes nothing', async answer => {
    cloud.answer = answer;
    const message = await failureOf(
      up(cloud.context({ host: cloud.host({ interactive: true }) }), 'test', {}),
    );
    expect(message).toBe('Not confirmed.');
    expect(cloud.tools.calls('terraform apply')).toEqual([]);
    expect(plansLeft()).toEqual([]);
  });

  test('where nobody can be asked, and without --yes, no tool is even started', async () => {
    expect(await failureOf(up(cloud.context(), 'test', {}))).toMatch(/^Nobody can be asked.*--yes/);
    expect(cloud.tools.calls()).toEqual([]);
  });

  test('--plan-only shows the plan and asks, applies and leaves nothing', async () => {
    expect(await up(cloud.context(), 'test', { planOnly: true })).toBe(0);
    expect(cloud.out.join('\n')).toContain('Plan: 59 to add');
    expect(cloud.questions).toEqual([]);
    expect(cloud.tools.calls('terraform').at(-1)).toContain('terraform plan');
    expect(plansLeft()).toEqual([]);
  });

  test('--plan-only that fails is continued by the same, which applies nothing', async () => {
    cloud.tools.on('terraform plan*', { status: 1, stderr: 'Error: no' });
    const message = await failureOf(up(cloud.context(), 'test', { planOnly: true }));
    expect(message).toMatch(/^ {2}Continue {2}npm run up -- test --plan-only$/m);
  });

  test('--plan-only shows the plan of what lives in the cluster too, once there is one', async () => {
    expect(await up(cloud.withAddons(), 'test', { planOnly: true })).toBe(0);
    expect(cloud.tools.calls('terraform plan').map(call => /([\w-]+)\.tfplan/.exec(call)?.[1])).toEqual([
      'test',
      'test-addons',
    ]);
    expect(cloud.out.filter(text => text.includes('Plan: 59 to add'))).toHaveLength(2);
    expect(cloud.tools.calls('terraform apply')).toEqual([]);
    expect(plansLeft()).toEqual([]);
  });

  test('--plan-only says of what lives in the cluster that it waits for the cluster', async () => {
    cloud.tools.on('terraform output*', { stdout: '{}' });
    expect(await up(cloud.withAddons(), 'test', { planOnly: true })).toBe(0);
    expect(cloud.tools.calls('terraform plan')).toHaveLength(1);
    expect(cloud.out.at(-1)).toBe(
      'test-addons cannot be planned before test is applied: it logs in to the cluster that test makes',
    );
  });
});

describe('the plan', () => {
  const planFile = () => /-out=(\S+)/.exec(cloud.tools.calls('terraform plan')[0] ?? '')?.[1] ?? '';

  test('what is applied is the plan that was shown, which nobody else can read', async () => {
    const modes: number[] = [];
    const ask = async () => {
      modes.push(statSync(planFile()).mode & 0o777, statSync(join(planFile(), '..')).mode & 0o777);
      return 'yes';
    };
    const verify = async () => (existsSync(planFile()) ? 1 : 0);
    const host = cloud.host({ interactive: true, ask });
    await up(cloud.context({ host, verify }), 'test', {});
    expect(modes).toEqual([0o600, 0o700]);
    expect(cloud.tools.calls('terraform apply')).toEqual([
      `terraform apply -input=false -no-color ${planFile()}`,
    ]);
    expect(existsSync(planFile())).toBe(false);
  });

  test('it is gone when applying it failed, too', async () => {
    cloud.tools.on('terraform apply*', { status: 1, stderr: 'Error: boom' });
    await failureOf(up(cloud.context(), 'test', yes));
    expect(planFile()).toContain('test.tfplan');
    expect(plansLeft()).toEqual([]);
  });
});

test.each([
  ['a plan that is nowhere', 'terraform plan*', 'Plan test: terraform plan ended well, and saved no plan\n'],
  [
    "CoreDNS's configuration, which somebody deletes,",
    'kubectl *get configmap coredns-custom*',
    'Apply the manifests: the ConfigMap kube-system/coredns-custom is gone, right after it was applied\n',
  ],
])('%s is told as what it is', async (_, pattern, said) => {
  cloud.tools.on(pattern);
  expect(await failureOf(up(cloud.context(), 'test', yes))).toContain(said);
});

/** Every stage that can fail: what breaks, what is said, and what has not happened yet. */
const breakdowns = [
  [
    'init',
    'terraform init*',
    'Error: Failed to query provider',
    'Prepare Terraform for test',
    'terraform plan',
  ],
  ['plan', 'terraform plan*', 'Error: Unsupported argument', 'Plan test', 'terraform apply'],
  ['apply', 'terraform apply*', 'Error: creating Redis: 500', 'Apply the plan of test', 'terraform output'],
  ['outputs', 'terraform output*', 'Error: no state', 'Take over the outputs', 'get-credentials'],
  ['aks show', 'az aks show*', 'AuthorizationFailed', 'Reach the cluster', 'az aks get-credentials'],
  ['get-credentials', 'az aks get-credentials*', 'ERROR: no', 'Reach the cluster', 'kubelogin convert'],
  ['kubelogin', 'kubelogin convert*', 'unknown flag', 'Reach the cluster', 'apply --server-side'],
  [
    'API server',
    'kubectl *get namespace kube-system*',
    'i/o timeout',
    'Reach the cluster',
    'apply --server-side',
  ],
  ['a manifest', 'kubectl *apply*80-deployment*', 'conflict', 'Apply the manifests', 'rollout status'],
  ['rollout', 'kubectl *rollout status*', 'timed out waiting', 'Wait for litellm-proxy', 'public-ip'],
  ['public address', 'az network public-ip*', 'ResourceNotFound', 'Wait for llm.acme.example', 'never'],
] as const;

test.each(
  breakdowns,
)('a failure of %s says what happened and how to go on, stops there, and the next run gets through', async (_, pattern, stderr, stage, notYet) => {
  cloud.tools.on(pattern, { status: 1, stderr });
  const message = await failureOf(up(cloud.context(), 'test', yes));
  expect(message).toMatch(new RegExp(`^${stage}`));
  expect(message).toContain(stderr);
  expect(message).toMatch(/^ {2}State {5}\S.+$/m);
  expect(message).toMatch(/^ {2}Continue {2}npm run up -- test$/m);
  const log = /^ {2}Log {7}(\S+)$/m.exec(message)?.[1] ?? '';
  expect(readFileSync(log, 'utf8')).toContain(stderr);
  expect(cloud.tools.calls(notYet)).toEqual([]);
  expect(cloud.verified).toEqual([]);

  cloud.tools.off(pattern);
  expect(await up(cloud.context(), 'test', yes)).toBe(0);
  expect(cloud.verified).toEqual(['test']);
});

describe('the login and the cluster', () => {
  const preflight = async () => failureOf(up(cloud.context(), 'test', yes));

  test('everything that is missing is said at once, and nothing is changed', async () => {
    cloud.tools.remove('kubelogin');
    cloud.tools.on('terraform version*', { stdout: '{"terraform_version":"1.9.8"}' });
    cloud.tools.on('kubectl version*', { stdout: '{"clientVersion":{"gitVersion":"v1.24.1"}}' });
    cloud.tools.on('az account show*', { status: 1, stderr: "Please run 'az login'" });
    const host = cloud.host({ env: { PATH: cloud.tools.path } });
    const message = await failureOf(up(cloud.context({ host }), 'test', yes));
    expect(message).toContain('5 problems');
    expect(message).toMatch(/terraform\n +given +1\.9\.8\n +problem +is too old/);
    expect(message).toMatch(/kubectl\n +given +1\.24\.1/);
    expect(message).toMatch(/kubelogin\n +problem +is missing; install/);
    expect(message).toMatch(/az\n +problem +is not logged in; az login/);
    expect(message).toMatch(/TF_VAR_acme_api_key\n +problem +is not set/);
    expect(cloud.tools.calls('terraform init')).toEqual([]);
  });

  test.each([
    [
      'a broken az',
      'az account show*',
      { status: 1, stderr: 'MemoryError' },
      /does not work: .*\n +MemoryError/,
    ],
    [
      'a login that has ended',
      'az account show*',
      { status: 1, stderr: 'AADSTS700082' },
      /is not logged in; az login/,
    ],
    [
      'HTML of a proxy',
      'az account show*',
      { stdout: '<html>' },
      /az account show answered no JSON; the log has/,
    ],
    ['no answer', 'az account show*', {}, /az account show answered nothing, where JSON was expected/],
    [
      'an account of nobody',
      'az account show*',
      { stdout: '{"name":"Team"}' },
      /answered in another form: id is nothing; use a string, tenantId is nothing; use a string; the log has/,
    ],
    [
      'a terraform that does not work',
      'terraform version*',
      { status: 1, stderr: `no version of ${secretValue}` },
      /terraform\n +problem +does not work: no version of \(hidden: TF_VAR_acme_api_key\); install Terraform/,
    ],
    [
      'a kubectl without words',
      'kubectl version*',
      { status: 3 },
      /kubectl\n +problem +does not work: it ended with 3; i/,
    ],
    [
      'a kubectl without a version',
      'kubectl version*',
      {},
      /kubectl\n +given +nothing\n +problem +is too old or has/,
    ],
  ])('%s is told as what it is, and nothing is changed', async (_, pattern, answer, words) => {
    cloud.tools.on(pattern, answer);
    const message = await preflight();
    expect(message).toMatch(/^Check tools and login: 1 problem\n/);
    expect(message).toMatch(words);
    expect(cloud.tools.calls('terraform init')).toEqual([]);
  });

  test("the sample's administrator and address are nobody's, and nothing is changed", async () => {
    cloud.dispose();
    cloud = new FakeCloud({
      administrators: ['00000000-0000-0000-0000-000000000000'],
      ingress: { acme: { email: 'platform@example.com' } },
    });
    const message = await preflight();
    expect(message).toMatch(/^Check tools and login: 2 problems\n/);
    expect(message).toMatch(/administrators\.0\n +given +0000[\s\S]*is nobody; .*az ad group show/);
    expect(message).toMatch(
      /ingress\.acme\.email\n +given +platform@example\.com\n +problem +is refused by Let's Encrypt/,
    );
    expect(cloud.tools.calls('terraform init')).toEqual([]);
  });

  test.each([
    ['the environment file', { subscriptionId: subscription.replace('99', '01') }, {}],
    ['ARM_SUBSCRIPTION_ID', {}, { ARM_SUBSCRIPTION_ID: subscription.replace('99', '01') }],
  ])('another subscription than %s names is refused, with both', async (_, changes, env) => {
    cloud.dispose();
    cloud = new FakeCloud(changes);
    const host = cloud.host();
    const context = cloud.context({ host: { ...host, env: { ...host.env, ...env } } });
    const message = await failureOf(up(context, 'test', yes));
    expect(message).toContain(`${subscription} (Team)`);
    expect(message).toContain(`az account set --subscription ${subscription.replace('99', '01')}`);
    expect(cloud.tools.calls('terraform init')).toEqual([]);
  });

  test('OpenTofu does where there is no Terraform, or where it is named', async () => {
    cloud.tools.install('tofu');
    for (const [verb, answer] of [
      ['version*', { stdout: '{"terraform_version":"1.12.6"}' }],
      ['init*', {}],
      ['plan*', { run: writePlan, stdout: 'No changes.' }],
      ['output*', { stdout: terraformOutputs(outputs) }],
    ] as const) {
      cloud.tools.on(`tofu ${verb}`, answer);
    }
    const host = cloud.host();
    const named = { ...host, env: { ...host.env, TERRAFORM_BINARY_NAME: 'tofu' } };
    expect(await up(cloud.context({ host: named }), 'test', yes)).toBe(0);
    expect(cloud.tools.calls('terraform ')).toEqual([]);
    cloud.tools.remove('terraform');
    expect(await up(cloud.context(), 'test', yes)).toBe(0);
  });

  test('Terraform works in the subscription that was checked', async () => {
    cloud.tools.on('terraform init*', { run: 'echo "sub $ARM_SUBSCRIPTION_ID"' });
    await up(cloud.context(), 'test', yes);
    expect(cloud.journal().get('04-prepare-terraform-for-test.log')).toContain(`sub ${subscription}`);
  });

  test("the user's kubeconfig is neither read nor written", async () => {
    await up(cloud.context(), 'test', yes);
    const own = /--file (\S+)/.exec(cloud.tools.calls('get-credentials')[0] ?? '')?.[1] ?? '';
    expect(own).toContain(join(cloud.folder, 'journal'));
    const calls = cloud.tools.calls('kubectl ').filter(call => !call.includes('version'));
    expect(calls.filter(call => !call.startsWith(`kubectl --kubeconfig=${own}`))).toEqual([]);
    expect(existsSync(own)).toBe(false);
  });

  test('a context of another cluster is refused before anything is applied', async () => {
    cloud.tools.on('kubectl *config view*', { stdout: kubeconfig('other.azmk8s.io') });
    const message = await failureOf(up(cloud.context(), 'test', { yes: true, context: 'theirs' }));
    expect(message).toContain('the context theirs is other.azmk8s.io, which is not aks-llm-test');
    expect(message).toContain('npm run up -- test --context theirs');
    expect(cloud.tools.calls('apply --server-side')).toEqual([]);
  });

  test('a new role is waited for, a cluster that does not answer is not', async () => {
    const pattern = 'kubectl *get namespace kube-system*';
    cloud.tools.on(pattern, {
      run: 'if [ -e $STATE/role ]; then exit 0; fi; echo > $STATE/role',
      stderr: 'Error from server (Forbidden)',
      status: 1,
    });
    const { patience } = cloud.context();
    const patient = { ...patience, access: { seconds: 60, every: 0.01 } };
    expect(await up(cloud.context({ patience: patient }), 'test', yes)).toBe(0);
    cloud.tools.on(pattern, { stderr: 'dial tcp: i/o timeout', status: 1 });
    expect(await failureOf(up(cloud.context({ patience: patient }), 'test', yes))).toContain(
      'a private cluster is reached from inside its network',
    );
  });

  test('an environment that does not exist is an error that lists the ones that do', async () => {
    expect(await failureOf(up(cloud.context(), 'nope', yes))).toContain('the folder holds test');
    expect(await preflight()).toBe('it succeeded');
  });
});

describe('secrets', () => {
  test('what a tool prints of them is in no log and on no screen', async () => {
    const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl';
    const leak = `key=$TF_VAR_acme_api_key master=sk-0123456789abcdefghij jwt=${token} postgres://u:p4ssw0rd@db/x`;
    cloud.tools.on('terraform apply*', {
      run: `echo "${leak}"; echo "${leak}" >&2`,
      status: 1,
    });
    const message = await failureOf(up(cloud.context(), 'test', yes));
    const text = `${message}\n${cloud.everything()}`;
    for (const secret of [secretValue, 'sk-0123456789abcdefghij', token, 'p4ssw0rd']) {
      expect(text).not.toContain(secret);
    }
    expect(text).toContain('key=(hidden: TF_VAR_acme_api_key)');
  });

  test('only Terraform gets them', async () => {
    for (const tool of ['kubectl *apply*', 'az aks show*', 'kubelogin convert*']) {
      cloud.tools.on(tool, { run: 'echo "$TOOL sees [$TF_VAR_acme_api_key]" >&2', status: 1 });
      const message = await failureOf(up(cloud.context(), 'test', yes));
      expect(message).toContain('sees []');
      cloud.tools.off(tool);
    }
    cloud.tools.on('terraform init*', { run: 'echo "sees [$TF_VAR_acme_api_key]" >&2', status: 1 });
    expect(await failureOf(up(cloud.context(), 'test', yes))).toContain(
      'sees [(hidden: TF_VAR_acme_api_key)]',
    );
  });
});

describe('Terraform says', () => {
  const said = async (pattern: string, stderr: string) => {
    cloud.tools.on(pattern, { status: 1, stderr });
    return failureOf(up(cloud.context(), 'test', yes));
  };

  test('that somebody else holds the lock: who, since when, and how to go on', async () => {
    const message = await said('terraform plan*', LOCKED);
    expect(message).toContain('somebody else changes this stack: bob@laptop, since 2026-11-22');
    expect(message).toContain('terraform force-unlock 1b9f-77');
  });

  test('that the plan is stale', async () => {
    expect(await said('terraform apply*', 'Error: Saved plan is stale')).toContain('make a new plan');
  });

  test('that Key Vault does not answer this address', async () => {
    const message = await said(
      'terraform apply*',
      'Code="ForbiddenByConnection" Public network access is disabled',
    );
    expect(message).toContain('keyVault.allowedIpRanges');
  });
});

test('a stack without its outputs is never followed by a preview', async () => {
  cloud.tools.on('terraform output*', { stdout: '{}' });
  const message = await failureOf(up(cloud.context(), 'test', yes));
  expect(message).toMatch(/^Take over the outputs: 3 problems, nothing was written\n/);
  expect(message).toContain('outputs of the stack test: gateway_client_id');
  expect(existsSync(join(cloud.folder, 'environments/test.outputs.json'))).toBe(false);
  expect(cloud.tools.calls('kubectl', 'apply')).toEqual([]);
});

test('the stack that lives in the cluster comes after the cluster is reached, and before the manifests', async () => {
  await up(cloud.withAddons(), 'test', yes);
  const order = cloud.tools
    .calls()
    .flatMap(call => /terraform apply|aks get-credentials|10-namespace/.exec(call)?.[0] ?? []);
  expect(order).toEqual(['terraform apply', 'aks get-credentials', 'terraform apply', '10-namespace']);
  expect(
    cloud.err.filter(line => line.startsWith('✔ Apply the plan')).map(line => line.split(' ').at(-3)),
  ).toEqual(['test', 'test-addons']);
});

test('an internal gateway waits for no public resolver', async () => {
  const asked: string[] = [];
  cloud.dispose();
  cloud = new FakeCloud(internal);
  const resolve = async (server: string) => {
    asked.push(server);
    return [];
  };
  expect(await up(cloud.context({ resolve }), 'test', yes)).toBe(0);
  expect(asked).toEqual([]);
  expect(cloud.tools.calls('public-ip')).toEqual([]);
});

describe('CoreDNS', () => {
  const restarts = () => cloud.tools.calls('patch deployment coredns');

  test('is left alone when it was started with the configuration that is there', async () => {
    await up(cloud.context(), 'test', yes);
    expect(restarts()).toEqual([]);
  });

  test.each([
    ['with another one', coreDns('6')],
    ['by nobody that said with which', coreDns()],
  ])('restarts when it was started %s', async (_, deployment) => {
    cloud.tools.on('kubectl *get deployment coredns*', deployment);
    await up(cloud.context(), 'test', yes);
    expect(restarts()).toEqual([expect.stringContaining('"litellm-aks/coredns-custom":"7"')]);
  });

  test('is restarted by the next run when this one ended in between', async () => {
    cloud.tools.on('kubectl *get deployment coredns*', coreDns('6'));
    cloud.tools.on('kubectl *patch deployment coredns*', { status: 1, stderr: 'etcd is away' });
    expect(await failureOf(up(cloud.context(), 'test', yes))).toContain('etcd is away');
    cloud.tools.off('kubectl *patch deployment coredns*');
    expect(await up(cloud.context(), 'test', yes)).toBe(0);
    expect(restarts()).toHaveLength(2);
  });
});

describe('a rollout', () => {
  const status = (updatedReplicas: number) =>
    JSON.stringify({ status: { updatedReplicas, unavailableReplicas: 1 } });
  const waits = () => cloud.tools.calls('rollout status', 'litellm-proxy').length;

  test('of many pods takes as long as there is another one each time', async () => {
    cloud.tools
      .on('kubectl *rollout status deployment/litellm-proxy*', {
        run: 'if [ -e $STATE/second ]; then exit 0; fi; if [ -e $STATE/first ]; then echo > $STATE/second; fi; echo > $STATE/first',
        status: 1,
        stderr: 'timed out waiting',
      })
      .on('kubectl *get deployment litellm-proxy*', {
        run: `if [ -e $STATE/second ]; then echo '${status(9)}'; exit 0; fi`,
        stdout: status(5),
      });
    expect(await up(cloud.context(), 'test', yes)).toBe(0);
    expect(waits()).toBe(3);
  });

  test('that stands still has failed', async () => {
    cloud.tools
      .on('kubectl *rollout status deployment/litellm-proxy*', { status: 1, stderr: 'timed out waiting' })
      .on('kubectl *get deployment litellm-proxy*', { stdout: status(5) });
    expect(await failureOf(up(cloud.context(), 'test', yes))).toContain('is not ready: timed out waiting');
    expect(waits()).toBe(2);
  });
});

describe('pods that do not come up', () => {
  test('are described: their states, the warnings and the last words', async () => {
    cloud.tools
      .on('kubectl *rollout status deployment/litellm-proxy*', { status: 1, stderr: 'timed out waiting' })
      .on('kubectl *get pods*', {
        stdout: JSON.stringify({
          items: [
            {
              metadata: { name: 'litellm-proxy-1' },
              status: {
                phase: 'Running',
                containerStatuses: [{ restartCount: 4, state: { waiting: { reason: 'CrashLoopBackOff' } } }],
              },
            },
          ],
        }),
      })
      .on('kubectl *get events*', {
        stdout: JSON.stringify({
          items: [
            {
              involvedObject: { kind: 'Pod', name: 'litellm-proxy-1' },
              reason: 'BackOff',
              message: 'restarting',
            },
          ],
        }),
      })
      .on('kubectl *logs*', { stdout: `[pod/litellm-proxy-1/litellm] no database, key ${secretValue}` });
    const message = await failureOf(up(cloud.context(), 'test', yes));
    expect(message).toContain('litellm-proxy-1: Running, 4 restarts, CrashLoopBackOff');
    expect(message).toContain('Pod/litellm-proxy-1: BackOff: restarting');
    expect(message).toContain('[pod/litellm-proxy-1/litellm] no database');
    expect(message).not.toContain(secretValue);
  });
});

describe('the name', () => {
  test('leads elsewhere: the error names the record to make, and what each resolver answers', async () => {
    const resolve = async (server: string) => (server === '8.8.8.8' ? ['198.51.100.1'] : []);
    const message = await failureOf(up(cloud.context({ resolve }), 'test', yes));
    expect(message).toContain('8.8.8.8: 198.51.100.1');
    expect(message).toContain('1.1.1.1: no such name');
    expect(message).toContain(`the record is: llm.acme.example  A  ${address}`);
    expect(cloud.verified).toEqual([]);
  });

  test('that one resolver knows already is not enough', async () => {
    const resolve = async (server: string) => (server === '8.8.8.8' ? [address] : []);
    expect(await failureOf(up(cloud.context({ resolve }), 'test', yes))).toContain('1.1.1.1: no such name');
    expect(cloud.verified).toEqual([]);
  });

  test('that one resolver knows is enough where the other one cannot be heard', async () => {
    const resolve = async (server: string) => (server === '8.8.8.8' ? [address] : undefined);
    expect(await up(cloud.context({ resolve }), 'test', yes)).toBe(0);
    expect(cloud.err.join('\n')).toContain('1.1.1.1: no answer');
  });

  test('is nobody to be made a record for where no resolver can be heard', async () => {
    const message = await failureOf(up(cloud.context({ resolve: async () => undefined }), 'test', yes));
    expect(message).toContain('no public resolver answers here');
    expect(message).toContain('UDP port 53');
    expect(message).not.toContain('the record is');
  });

  test('is asked of every public resolver', async () => {
    const asked: string[] = [];
    const resolve = async (server: string, host: string) => {
      asked.push(`${server} ${host}`);
      return [address];
    };
    await up(cloud.context({ resolve }), 'test', yes);
    expect(asked).toEqual(['8.8.8.8 llm.acme.example', '1.1.1.1 llm.acme.example']);
    expect(cloud.err.join('\n')).toContain(`create: llm.acme.example  A  ${address}`);
  });
});

test("the suite reaches the pods as up does, as long as it runs, without Terraform's variables", async () => {
  const ways: unknown[] = [];
  const verify: Context['verify'] = async (_, host, { kubeconfig, context }) => {
    ways.push({ context, kubeconfig: kubeconfig && existsSync(kubeconfig) });
    expect(Object.values(host.env)).not.toContain(secretValue);
    return 0;
  };
  await up(cloud.context({ verify }), 'test', yes);
  await up(cloud.context({ verify }), 'test', { ...yes, context: 'mine' });
  expect(ways).toEqual([{ kubeconfig: true }, { context: 'mine' }]);
});

test('a gateway that fails its checks fails the command', async () => {
  const message = await failureOf(up(cloud.context({ verify: async () => 1 }), 'test', yes));
  expect(message).toContain('npm run verify -- test');
});

const LOCKED = `Error: Error acquiring the state lock

Error message: state blob is already locked
Lock Info:
  ID:        1b9f-77
  Path:      tfstate/test.tfstate
  Operation: OperationTypeApply
  Who:       bob@laptop
  Version:   1.11.4
  Created:   2026-11-22 17:00:00.1 +0000 UTC
  Info:
`;

describe('Ctrl-C', () => {
  test('while Terraform applies lets it save its state, and says how to go on', async () => {
    cloud.tools.on('terraform apply*', {
      run: 'trap "echo saved; exit 1" INT; echo applying; while :; do /bin/sleep 0.05; done',
    });
    const progress: Progress = (title, work) =>
      plainProgress(cloud.host())(title, show =>
        work(line => {
          show(line);
          if (line === 'applying') cloud.interrupt();
        }),
      );
    const message = await failureOf(up(cloud.context({ progress }), 'test', yes));
    expect(message).toContain('terraform apply was interrupted');
    expect(message).toContain('its state knows what exists');
    expect(message).toContain('Continue  npm run up -- test');
    expect(cloud.journal().get('06-apply-the-plan-of-test.log')).toContain('saved');
    expect(plansLeft()).toEqual([]);
    expect(cloud.tools.calls('terraform output')).toEqual([]);
  });

  test('at the question changes nothing', async () => {
    const ask = async () => {
      cloud.interrupt();
      throw new Error('aborted');
    };
    const message = await failureOf(
      up(cloud.context({ host: cloud.host({ interactive: true, ask }) }), 'test', {}),
    );
    expect(message).toBe('Not confirmed.');
    expect(cloud.tools.calls('terraform apply')).toEqual([]);
  });

  test('while the name is waited for ends the wait', async () => {
    const resolve = async () => {
      cloud.interrupt();
      return [];
    };
    const { patience } = cloud.context();
    const context = cloud.context({ resolve, patience: { ...patience, dns: { seconds: 600, every: 60 } } });
    expect(await failureOf(up(context, 'test', yes))).toContain(
      'Wait for llm.acme.example: the wait was interrupted',
    );
    expect(cloud.verified).toEqual([]);
  });
});
