import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ProblemsError } from './config/problem';
import { type EnvironmentFiles, run } from './synth/run';
import { summarize } from './synth/summary';

const USAGE = `Usage: npm run synth [-- <environment> ...]

Turns environments/<environment>.ts into dist/terraform/stacks/<environment> and dist/kubernetes/<environment>;
without arguments, every environment. cdktf and cdk8s run it too, each with a folder of its own choice for its layer.`;

/** Every module in environments/, by its file's name. */
function loadEnvironments(folder: string): EnvironmentFiles {
  const names = readdirSync(folder).flatMap(file => /^(.+)\.js$/.exec(file)?.[1] ?? []);
  return new Map(names.map(name => [name, require(join(folder, name)).default]));
}

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const folders = {
    terraform: process.env.CDKTF_OUTDIR ?? 'dist/terraform',
    kubernetes: process.env.CDK8S_OUTDIR ?? 'dist/kubernetes',
  };
  const syntheses = run({
    files: loadEnvironments(join(__dirname, 'environments')),
    chosen: positionals,
    outputsFolder: 'environments',
    folders,
  });
  console.log(summarize(syntheses, folders, new Date()));
}

try {
  main();
} catch (error) {
  const known =
    error instanceof ProblemsError || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
  console.error(`Error: ${known ? (error as Error).message : ((error as Error).stack ?? error)}`);
  process.exitCode = 1;
}
