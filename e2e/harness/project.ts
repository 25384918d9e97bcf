import { join } from 'node:path';

/** npm runs every script in the folder of package.json. */
export const projectFolder = process.cwd();

/** What takes long to make and is made once. */
export const cacheFolder = join(projectFolder, '.cache');

/** Logs, certificates and volumes of the last run; kept for whoever wants to know why it failed. */
export const runFolder = join(cacheFolder, 'e2e');

/** Says what the harness does; each line once, when it starts. */
export function announce(line: string): void {
  process.stderr.write(`e2e: ${line}\n`);
}
