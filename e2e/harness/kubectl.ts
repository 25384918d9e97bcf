import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Json } from '../../__tests__/helpers/objects';
import { workload } from '../../contract/workload';

/** The field manager that the README's commands name. */
const MANAGER = 'litellm-aks';

/** What a command ended with, and all that it said. */
interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What kubectl logs of itself, such as that it waited between two requests. */
const NOTE = /^I\d{4} .*\n/gm;

/** kubectl as a person runs it, with a home of its own: no file of the person's changes what it does. */
export class Kubectl {
  constructor(
    private readonly program: string,
    private readonly home: string,
  ) {}

  /** Writes the kubeconfig. */
  configure(server: string, certificateAuthority: string, token: string): void {
    const test = 'test';
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: test, cluster: { server, 'certificate-authority': certificateAuthority } }],
      users: [{ name: test, user: { token } }],
      contexts: [{ name: test, context: { cluster: test, user: test } }],
      'current-context': test,
    };
    writeFileSync(this.kubeconfig, stringify(config), { mode: 0o600 });
  }

  /** @param input what it reads where the arguments say `-f -` */
  run(args: readonly string[], input = ''): Answer {
    const env = {
      PATH: process.env.PATH,
      HOME: this.home,
      KUBECONFIG: this.kubeconfig,
      KUBECTL_APPLYSET: 'true',
    };
    const options = { encoding: 'utf8', env, input, maxBuffer: 2 ** 26 } as const;
    const { error, status, stdout, stderr } = spawnSync(this.program, args, options);
    if (error) throw error;
    return { status, stdout, stderr: stderr.replace(NOTE, '') };
  }

  /**
   * The output of a command that has to succeed.
   * @throws Error with what it said, if it does not
   */
  ok(...args: string[]): string {
    const { status, stdout, stderr } = this.run(args);
    if (status !== 0) throw new Error(`kubectl ${args.join(' ')} ended with ${status}\n${stdout}${stderr}`);
    return stdout;
  }

  /** The README's command. */
  apply(path: string, input?: string): Answer {
    return this.run(['apply', '--server-side', '--field-manager', MANAGER, '-f', path], input);
  }

  /** The command of docs/operations.md that deletes what is no longer rendered. */
  prune(paths: readonly string[]): Answer {
    const set = ['--namespace', workload.namespace, '--prune', '--applyset', 'litellm-gateway'];
    const files = paths.filter(path => !path.includes('coredns')).flatMap(path => ['-f', path]);
    return this.run(['apply', '--server-side', '--field-manager', MANAGER, ...set, ...files]);
  }

  /** Every object of these kinds that was ever applied, in any namespace. */
  applied(kinds: Iterable<string>): Json[] {
    const all = [...new Set(kinds)].join(',');
    const list = this.ok('get', all, '--all-namespaces', '--show-managed-fields', '--output=json');
    const { items } = JSON.parse(list) as { items: Json[] };
    return items.filter(({ metadata }) =>
      // What the API server makes itself has none.
      metadata.managedFields?.some(({ manager }: Json) => manager === MANAGER),
    );
  }

  /** Deletes them. */
  clear(kinds: Iterable<string>): void {
    const items = this.applied(kinds);
    if (items.length === 0) return;
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
    this.run(['delete', '--wait=false', '-f', '-'], list);
    for (const { kind, metadata } of items) {
      // What the controller of namespaces does, which does not run here.
      const final = JSON.stringify({ apiVersion: 'v1', kind, metadata: { name: metadata.name } });
      if (kind === 'Namespace') {
        this.run(['replace', '--raw', `/api/v1/namespaces/${metadata.name}/finalize`, '-f', '-'], final);
      }
    }
    const left = this.applied(kinds).map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    if (left.length > 0) throw new Error(`not deleted: ${left.join(', ')}`);
  }

  /** File with the log-in. */
  get kubeconfig(): string {
    return join(this.home, 'kubeconfig');
  }
}
