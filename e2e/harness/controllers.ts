import type { Json } from '../../__tests__/helpers/objects';
import type { Kubectl } from './kubectl';

/**
 * The controllers that do not run behind the tests' API server, as far as the commands wait for them: Deployments become
 * available, Jobs complete, and a namespace that is deleted goes.
 */
export class Controllers {
  private timer: NodeJS.Timeout | undefined;
  /** Namespaces that something holds. */
  readonly held = new Set<string>();

  constructor(private readonly kubectl: Kubectl) {}

  start(): void {
    this.timer = setInterval(() => this.reconcile(), 500);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private reconcile(): void {
    const { status, stdout } = this.kubectl.run([
      'get',
      'deployments,jobs,namespaces',
      '--all-namespaces',
      '--output=json',
    ]);
    if (status === 0) for (const object of JSON.parse(stdout).items) this.settle(object);
  }

  private settle(object: Json): void {
    const { kind, metadata, status } = object;
    if (kind === 'Namespace' && status.phase === 'Terminating' && !this.held.has(metadata.name)) {
      const final = JSON.stringify({ apiVersion: 'v1', kind, metadata: { name: metadata.name } });
      this.kubectl.run(
        ['replace', '--raw', `/api/v1/namespaces/${metadata.name}/finalize`, '-f', '-'],
        final,
      );
    }
    if (kind === 'Deployment' && status.observedGeneration !== metadata.generation) {
      const count = object.spec.replicas;
      this.patchStatus(object, {
        observedGeneration: metadata.generation,
        replicas: count,
        updatedReplicas: count,
        readyReplicas: count,
        availableReplicas: count,
      });
    }
    if (kind === 'Job' && !status.completionTime) {
      const time = new Date().toISOString().replace(/\.\d+/, '');
      const condition = (type: string) => ({
        type,
        status: 'True',
        lastTransitionTime: time,
        lastProbeTime: time,
      });
      this.patchStatus(object, {
        startTime: time,
        completionTime: time,
        succeeded: 1,
        conditions: [condition('SuccessCriteriaMet'), condition('Complete')],
      });
    }
  }

  private patchStatus({ kind, metadata }: Json, status: Json): void {
    const patch = JSON.stringify({ status });
    const place = ['--namespace', metadata.namespace, '--subresource=status', '--type=merge'];
    this.kubectl.run(['patch', kind, metadata.name, ...place, `--patch=${patch}`]);
  }
}
