import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { listSources } from '../../launcher/sources';
import { projectFolder, runFolder } from './project';

/** What the program is made of, in a folder of its own; Node finds its packages in the folders above. */
export function copyCheckout(name: string): string {
  const folder = join(runFolder, name);
  rmSync(folder, { recursive: true, force: true });
  for (const path of [...listSources(projectFolder), 'cdk8s.yaml']) {
    cpSync(join(projectFolder, path), join(folder, path));
  }
  return folder;
}
