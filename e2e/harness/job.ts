import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { RunningContainer } from './container';
import { attach, detach } from './network';
import type { PodProps } from './pod';
import { runFolder } from './project';

/** What became of one attempt of a Job. */
export interface Attempt {
  readonly exitCode: number;
  readonly log: string;
}

/** Runs the rendered migration Job once, to its end, as a kubelet would run its pod. */
export async function migrate(props: Omit<PodProps, 'address'>): Promise<Attempt> {
  const { name, manifests } = props;
  const { activeDeadlineSeconds, template } = manifests.job.spec;
  const [container] = template.spec.containers;
  const folder = join(runFolder, 'pods', name);
  const migration = new RunningContainer({ ...props, folder, spec: template.spec, container });
  rmSync(folder, { recursive: true, force: true });
  attach(name, '10.244.0.31');
  migration.start();
  try {
    return { exitCode: await migration.ended(activeDeadlineSeconds), log: migration.log };
  } finally {
    detach(name);
  }
}
