/** Where the layers go. */
export interface Folders {
  readonly terraform: string;
  readonly kubernetes: string;
}

/** Everything that is written, below the project's root, in which every command runs. */
export const dist = 'dist';

export const folders: Folders = { terraform: `${dist}/terraform`, kubernetes: `${dist}/kubernetes` };

/** Where the environment files lie, and beside them what Azure invented. */
export const outputsFolder = 'environments';
