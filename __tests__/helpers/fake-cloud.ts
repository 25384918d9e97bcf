import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { Environment } from '../../config/environment';
import { ProblemsError } from '../../config/problem';
import type { Host } from '../../host';
import type { Context } from '../../lifecycle/context';
import { plainProgress } from '../../lifecycle/progress';
import { readOutputs } from '../../synth/outputs-file';
import { type Synthesis, synthesize } from '../../synth/synthesize';
import { minimal } from '../fixtures/minimal';
import { environmentOf } from './environment';
import { FakeTools } from './fake-tools';
import { outputs } from './render';

export const subscription = '00000000-0000-4000-8000-000000000099';
export const secretValue = 'acme-Provider-Key-0123456789';
export const address = '203.0.113.10';
const server = 'aks-llm-test-abc.hcp.westeurope.azmk8s.io';

/** What writes the plan where it is told to. */
export const writePlan = `for a in "$@"; do case $a in -out=*) echo plan > "\${a#-out=}";; esac; done`;

const syntheses = new Map<string, Synthesis>();

/** Tools that answer as those of a healthy deployment do, of the environment `test`; nothing is deployed yet. */
export class FakeCloud {
  readonly tools = new FakeTools(['terraform', 'kubectl', 'kubelogin', 'az']);
  readonly folder = mkdtempSync(join(tmpdir(), 'litellm-project-'));
  readonly environment: Environment;
  /** What the person at the terminal reads. */
  readonly out: string[] = [];
  readonly err: string[] = [];
  /** What the person is asked, and answers. */
  readonly questions: string[] = [];
  answer = 'yes';
  readonly verified: string[] = [];
  private abort = new AbortController();

  constructor(private readonly changes: object = {}) {
    // Not where it is declared: fields are made before the parameters' are.
    this.environment = environmentOf(this.file(), 'test');
    mkdirSync(join(this.folder, 'environments'));
    mkdirSync(join(this.folder, 'dist/terraform/stacks/test'), { recursive: true });
    const { tools } = this;
    tools
      .on('terraform version -json', { stdout: '{"terraform_version":"1.11.4"}' })
      .on('terraform init*')
      .on('terraform plan*', {
        // Without changes, once applied.
        run: `${writePlan}; if [ -e $STATE/applied-$HERE ]; then echo "No changes. Your infrastructure matches the configuration."; exit 0; fi`,
        stdout:
          'Terraform will perform the following actions:\n  + azurerm_resource_group\n\nPlan: 59 to add, 0 to change, 0 to destroy.\n',
        status: 2,
      })
      .on('terraform apply*', { run: 'echo > $STATE/applied-$HERE', stdout: 'Apply complete!' })
      .on('terraform output*', { stdout: terraformOutputs(outputs) })
      .on('az account show*', {
        stdout: JSON.stringify({
          id: subscription,
          name: 'Team',
          tenantId: 't',
          user: { name: 'ada@acme.example' },
        }),
      })
      .on('az aks show*', {
        stdout: JSON.stringify({
          provisioningState: 'Succeeded',
          powerState: { code: 'Running' },
          currentKubernetesVersion: '1.36.2',
          fqdn: server,
        }),
      })
      .on('az aks get-credentials*', {
        run: 'while [ $# -gt 0 ]; do case $1 in --file) echo kubeconfig > $2;; esac; shift; done',
      })
      .on('az network public-ip show*', { stdout: JSON.stringify({ ipAddress: address }) })
      .on('kubelogin --version', { stdout: 'kubelogin version\ngit hash: v0.2.22\n' })
      .on('kubelogin convert-kubeconfig*')
      .on('kubectl version*', { stdout: '{"clientVersion":{"gitVersion":"v1.36.0"}}' })
      .on('kubectl *config view*', { stdout: kubeconfig(server) })
      .on('kubectl *get namespace kube-system*', { stdout: 'namespace/kube-system' })
      .on('kubectl *apply*', { stdout: 'serverside-applied' })
      .on('kubectl *get configmap coredns-custom*', configMap('7'))
      .on('kubectl *get deployment coredns*', coreDns('7'))
      .on('kubectl *patch deployment coredns*')
      .on('kubectl *get job *', { stdout: '{"status":{"conditions":[{"type":"Complete","status":"True"}]}}' })
      .on('kubectl *rollout status*', { stdout: 'deployment successfully rolled out' })
      .on('kubectl *get configmap,job,secretproviderclass*', { stdout: '{"items":[]}' })
      .on('kubectl *get deployments,replicasets,*', { stdout: '{"items":[]}' });
  }

  /** The environment file: the least that one may say, and what the test adds. */
  file() {
    return { ...minimal, ...this.changes };
  }

  /** Takes the folders away. */
  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
    this.tools.dispose();
  }

  interrupt(): void {
    this.abort.abort();
  }

  /** The next command is not interrupted any more. */
  resume(): void {
    this.abort = new AbortController();
  }

  host(more: Partial<Host> = {}): Host {
    return {
      environments: new Map([['test', this.file()]]),
      env: { PATH: this.tools.path, TF_VAR_acme_api_key: secretValue },
      path: given => given,
      interactive: false,
      interrupted: this.abort.signal,
      ask: async question => {
        this.questions.push(question);
        return this.answer;
      },
      out: line => this.out.push(line),
      err: line => this.err.push(line),
      ...more,
    };
  }

  context(more: Partial<Context> = {}): Context {
    const once = { seconds: 0, every: 0.01 };
    return {
      host: this.host(),
      folders: {
        terraform: join(this.folder, 'dist/terraform'),
        kubernetes: join(this.folder, 'dist/kubernetes'),
      },
      environmentsFolder: join(this.folder, 'environments'),
      // Seen from here, as the project's own is: tools run in other folders.
      journalRoot: relative('.', join(this.folder, 'journal')),
      synthesize: () => this.synthesis(),
      progress: plainProgress(this.host()),
      resolve: async () => [address],
      verify: async ({ name }) => {
        this.verified.push(name);
        return 0;
      },
      patience: { access: once, rollout: once, dns: once, namespace: once },
      ...more,
    };
  }

  /** With the outputs that are there; tests that look at dist/ hand in the real one. */
  synthesis(): Synthesis {
    const read = readOutputs(join(this.folder, 'environments'), 'test');
    if ('problems' in read) throw new ProblemsError(read.problems);
    const key = JSON.stringify([this.changes, read.outputs]);
    const made = syntheses.get(key) ?? synthesize(this.environment, read.outputs);
    syntheses.set(key, made);
    // One stack is enough for what happens to each; tests of their order name both.
    return { ...made, stacks: made.stacks.slice(0, 1) };
  }

  /** A project with both stacks, and their folders. */
  withAddons(): Context {
    const stacks = ['test', 'test-addons'].map(name => ({ name, resources: 1 }));
    mkdirSync(join(this.folder, 'dist/terraform/stacks/test-addons'), { recursive: true });
    return this.context({ synthesize: () => ({ ...this.synthesis(), stacks }) });
  }

  /** Every file that runs have left in their folders, by its path. */
  journal(): Map<string, string> {
    const root = join(this.folder, 'journal');
    const runs = readdirSync(root, { withFileTypes: true, recursive: true }).filter(entry => entry.isFile());
    return new Map(
      runs.map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name), 'utf8')] as const),
    );
  }

  /** Everything that anybody can read afterwards. */
  everything(): string {
    return [...this.out, ...this.err, ...this.questions, ...this.journal().values()].join('\n');
  }
}

export function terraformOutputs(values: Readonly<Record<string, string>>): string {
  const entries = Object.entries(values).map(([name, value]) => [
    name,
    { sensitive: false, type: 'string', value },
  ]);
  return JSON.stringify(Object.fromEntries(entries));
}

export function kubeconfig(host: string): string {
  return JSON.stringify({ clusters: [{ cluster: { server: `https://${host}:443` } }] });
}

/** The ConfigMap that CoreDNS imports. */
function configMap(resourceVersion: string) {
  return { stdout: JSON.stringify({ metadata: { resourceVersion } }) };
}

/** CoreDNS, started with a version of it. */
export function coreDns(loaded?: string) {
  const annotations = loaded === undefined ? {} : { 'litellm-aks/coredns-custom': loaded };
  return { stdout: JSON.stringify({ spec: { template: { metadata: { annotations } } } }) };
}
