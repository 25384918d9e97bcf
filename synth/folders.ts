import { join } from 'node:path';

/** Where the layers go. */
export interface Folders {
  readonly terraform: string;
  readonly kubernetes: string;
}

/** Everything that is written, below the project's root, in which every command runs. */
export const dist = 'dist';

export const folders: Folders = { terraform: `${dist}/terraform`, kubernetes: `${dist}/kubernetes` };

/** Where the environment files lie, and beside them what Azure invented. */
export const environmentsFolder = 'environments';

const OUTPUTS = '.outputs.json';

/** The file with what Azure invented for an environment: `environments/dev.outputs.json`. */
export function outputsFile(environment: string, folder = environmentsFolder): string {
  return join(folder, `${environment}${OUTPUTS}`);
}

/** The environment whose outputs a file is for, by its name. */
export function outputsOf(file: string): string | undefined {
  return file.endsWith(OUTPUTS) ? file.slice(0, -OUTPUTS.length) || undefined : undefined;
}
