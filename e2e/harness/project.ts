import { homedir } from 'node:os';
import { join } from 'node:path';

/** npm runs every script in the folder of package.json. */
export const projectFolder = process.cwd();

/** What takes long to make and is made once for all checkouts; names in it carry the hash of what it was made of. */
export const cacheFolder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'litellm-aks');

/** What all suites of the last run left behind. */
export const runsFolder = join(projectFolder, '.cache', 'e2e');

/** Logs, certificates and volumes of the suite that runs; kept for whoever wants to know why it failed. */
export const runFolder = join(runsFolder, process.env.E2E_SUITE ?? '');

/** Says what the harness does; each line once, when it starts. */
export function announce(line: string): void {
  process.stderr.write(`e2e: ${line}\n`);
}
