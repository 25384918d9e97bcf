import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workload } from '../../contract/workload';
import { fromYaml } from '../../contract/yaml';
import type { Manifest } from '../../invariants/manifests';
import { outputsFile } from '../../synth/folders';
import type { Session } from '../session';

/**
 * The folder of the environment's manifests.
 * @throws Error if there is none
 */
export function renderedFolder({ context, environment }: Session): string {
  const folder = join(context.folders.kubernetes, environment.name);
  if (!existsSync(folder)) throw new Error(`${folder} does not exist; npm run synth -- ${environment.name}`);
  return folder;
}

/** The same, as long as the manifests can be applied. */
export function applicableFolder(session: Session): string {
  const { context, environment } = session;
  if (!existsSync(outputsFile(environment.name, context.environmentsFolder))) {
    throw new Error(
      `the manifests are a preview, because there are no outputs; npm run up -- ${environment.name}`,
    );
  }
  return renderedFolder(session);
}

interface Deployment extends Manifest {
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: [{ readonly image: string }] } };
  };
}

/** The image that the rendered Deployment names. */
export function renderedImage(folder: string): string {
  const files = readdirSync(folder).filter(name => name.endsWith('.yaml'));
  const objects = files.flatMap(name => fromYaml(readFileSync(join(folder, name), 'utf8'))) as Deployment[];
  const deployment = objects.find(
    ({ kind, metadata }) => kind === 'Deployment' && metadata.name === workload.name,
  );
  if (!deployment) throw new Error(`${folder} has no Deployment ${workload.name}`);
  const [container] = deployment.spec.template.spec.containers;
  return container.image;
}
