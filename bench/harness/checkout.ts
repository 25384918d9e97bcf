import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../e2e/harness/project';

/** Where a measurement may edit what it likes in a copy; Node finds the packages in the folders above. */
export function benchFolder(name: string): string {
  return join(projectFolder, '.cache', 'bench', name);
}

/** A fresh copy of everything that is in git, or would be. */
export function copyProject(folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  const { stdout } = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: projectFolder,
    encoding: 'utf8',
  });
  for (const path of stdout.split('\0')) {
    if (path && existsSync(join(projectFolder, path))) cpSync(join(projectFolder, path), join(folder, path));
  }
  return folder;
}
