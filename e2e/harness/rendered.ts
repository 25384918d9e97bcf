import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Json } from '../../__tests__/helpers/objects';
import { documents } from '../../__tests__/helpers/render';
import type { Environment } from '../../config/environment';
import type { Outputs } from '../../contract/outputs';
import { synthesize } from '../../synth/synthesize';
import { runFolder } from './project';
import { byId } from './stored';

/** An environment's manifests, in a folder that can be applied. */
export interface Rendered {
  readonly folder: string;
  /** Its files, in the order to apply. */
  readonly paths: readonly string[];
  readonly objects: readonly Json[];
  /** Kind and name of every object. */
  readonly ids: readonly string[];
}

/** @param label names the folder: one environment is rendered in several ways */
export function render(environment: Environment, outputs: Outputs, label: string): Rendered {
  const folder = join(runFolder, 'manifests', `${environment.name}-${label}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const files = [...synthesize(environment, outputs).kubernetes].filter(([path]) => path.endsWith('.yaml'));
  const paths = files.map(([path, content]) => {
    const target = join(folder, basename(path));
    writeFileSync(target, content);
    return target;
  });
  const objects = files.flatMap(([, content]) => documents(content));
  return { folder, paths, objects, ids: [...byId(objects).keys()] };
}
