import { z } from 'zod';
import { accessOptions, type ClusterAccess } from '../verify/cluster-access';
import { readJson } from './read-json';
import type { RunOptions, Step } from './step';
import type { ToolAnswer } from './tool';

/** Owner of the fields that we apply. */
export const FIELD_MANAGER = 'litellm-aks';

/** An object as the API server answers it; what we read of it, we check. */
// biome-ignore lint/suspicious/noExplicitAny: objects of every kind
export type KubernetesObject = any;

const object = z.looseObject({});

/** kubectl on the environment's cluster. */
export class Kubectl {
  constructor(
    private readonly step: Step,
    private readonly access: ClusterAccess,
  ) {}

  run(args: readonly string[], options: RunOptions = {}): Promise<ToolAnswer> {
    return this.step.run('kubectl', this.complete(args, options), options);
  }

  /** @throws ToolError if it fails */
  ok(args: readonly string[], options: RunOptions = {}): Promise<string> {
    return this.step.ok('kubectl', this.complete(args, options), options);
  }

  /** The objects of a kind. */
  async list(kind: string, ...args: readonly string[]): Promise<KubernetesObject[]> {
    const text = await this.ok(['get', kind, ...args, '--output=json']);
    return readJson(`kubectl get ${kind}`, text, z.object({ items: z.array(object) })).items;
  }

  /** One object, or undefined where there is none. */
  async find(kind: string, name: string, namespace: string): Promise<KubernetesObject | undefined> {
    const args = ['get', kind, name, `--namespace=${namespace}`, '--ignore-not-found', '--output=json'];
    const text = await this.ok(args);
    return text.trim() === '' ? undefined : readJson(`kubectl get ${kind} ${name}`, text, object);
  }

  apply(path: string): Promise<string> {
    return this.ok(['apply', '--server-side', `--field-manager=${FIELD_MANAGER}`, `--filename=${path}`]);
  }

  private complete(args: readonly string[], { timeoutSeconds }: RunOptions): string[] {
    // What takes long is one long request.
    const timeout = timeoutSeconds === undefined ? ['--request-timeout=60s'] : [];
    return [...accessOptions(this.access), ...timeout, ...args];
  }
}
