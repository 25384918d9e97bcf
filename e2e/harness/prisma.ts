import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command';
import { announce, cacheFolder, projectFolder } from './project';
import type { Venv } from './venv';

const sources = join(projectFolder, 'e2e/prisma');

/** What stands in for Prisma's native engines, which the image brings and no package registry has. */
export interface Prisma {
  readonly folder: string;
  readonly queryEngine: string;
}

/** Installs the stand-ins, and generates the database client that LiteLLM imports. Once, like the Python environment. */
export function preparePrisma(venv: Venv): Prisma {
  const files = readdirSync(sources).sort();
  const hash = createHash('sha256').update(venv.folder);
  for (const file of files) hash.update(readFileSync(join(sources, file)));
  const folder = join(cacheFolder, `prisma-${hash.digest('hex').slice(0, 12)}`);
  if (!existsSync(join(folder, 'complete'))) {
    announce(`installs Prisma's WebAssembly engine into ${folder} (seconds, once)`);
    rmSync(folder, { recursive: true, force: true });
    cpSync(sources, folder, { recursive: true });
    // Without scripts: @prisma/client's would download the native engines.
    command('npm', ['ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--silent']);
    const schema = join(venv.sitePackages, 'litellm_proxy_extras/schema.prisma');
    command(process.execPath, [join(folder, 'generate.mjs'), schema, venv.python]);
    command('touch', [join(folder, 'complete')]);
  }
  return { folder, queryEngine: join(folder, 'query-engine.mjs') };
}
