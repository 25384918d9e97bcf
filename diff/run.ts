import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EnvironmentFiles } from '../config/environment-files';
import { withGuess } from '../config/guess';
import { oneOf, optionProblem } from '../config/option-problem';
import { shownKey } from '../config/pasted-secret';
import { collect, type Problem, ProblemsError } from '../config/problem';
import type { ExitCode, Host } from '../host';
import { outputFiles, readSide, type Side } from '../output/side';
import { dist, environmentsFolder } from '../synth/folders';
import { synthesizeChosen } from '../synth/run';
import { compareCosts } from './cost';
import { Git } from './git';
import { renderMarkdown } from './markdown';
import { compareSides, type Verdict, verdictOf } from './report';
import { coloured, plain, renderText } from './text';

/** As the command line gives them. */
export interface DiffOptions {
  readonly base?: string;
  readonly format: string;
  readonly detailedExitcode?: boolean;
}

export interface DiffProps {
  /** Every environment that the working tree has. */
  readonly files: EnvironmentFiles;
  readonly chosen: readonly string[];
  readonly options: DiffOptions;
  readonly host: Host;
  /** Where the project lies. */
  readonly folder: string;
}

/** Terraform's: 0 nothing, 1 an error, 2 changes. What destroys is told from what changes. */
const EXIT_CODES: Readonly<Record<Verdict, ExitCode>> = { nothing: 0, changes: 2, destructive: 3 };

/**
 * Compares the working tree with a revision and writes the report.
 * @throws ProblemsError with everything that is wrong: with the options, with the former state and with the tree
 */
export function runDiff({ files, chosen, options, host, folder }: DiffProps): ExitCode {
  const git = new Git(folder, host.env);
  const problems = optionProblem('--format', options.format, oneOf(['text', 'markdown', 'json']));
  const base = collect(problems, () => git.base(options.base));
  const former = base && collect(problems, () => readSide(git.files(base, dist), base.label));
  problems.push(...absences(chosen, files, former));
  const present = chosen.filter(name => files.has(name));
  const syntheses =
    chosen.length > 0 && present.length === 0
      ? []
      : synthesizeChosen(
          { files, chosen: present, environmentsFolder: join(folder, environmentsFolder) },
          problems,
        );
  if (!base || !former || problems.length > 0) throw new ProblemsError(problems);
  // What was not chosen is not synthesized, and must not look as if it were gone.
  const isLeftOut = (name: string) => chosen.length > 0 && !chosen.includes(name) && files.has(name);
  const before: Side = new Map([...former].filter(([name]) => !isLeftOut(name)));
  const output = outputFiles(syntheses);
  const after = readSide(output, 'the working tree');

  for (const note of notes(former, output, base.label, folder)) host.err(`Note: ${note}`);
  const report = compareSides(before, after, chosen);
  const costs = compareCosts(report, before, after);
  const verdict = verdictOf(report);
  if (options.format === 'json') {
    host.out(
      JSON.stringify({ version: 1, base, verdict, ...report, costs: Object.fromEntries(costs) }, null, 2),
    );
  } else if (options.format === 'markdown') {
    host.out(renderMarkdown(report, costs, base.label));
  } else {
    const paint = host.interactive && !host.env.NO_COLOR ? coloured : plain;
    host.out(`Compared with ${base.label}\n\n${renderText(report, costs, paint)}`);
  }
  return options.detailedExitcode ? EXIT_CODES[verdict] : 0;
}

function notes(before: Side, output: ReadonlyMap<string, string>, label: string, folder: string): string[] {
  const stale = [...output].some(([path, content]) => {
    const file = join(folder, dist, path);
    return !existsSync(file) || readFileSync(file, 'utf8') !== content;
  });
  return [
    ...(before.size === 0 ? [`${label} has no dist/ here: every environment counts as new`] : []),
    ...(stale ? ['dist/ is not what the sources make; the report is of the sources. Run npm run synth'] : []),
  ];
}

/** @param former undefined where it cannot be read */
function absences(chosen: readonly string[], files: EnvironmentFiles, former: Side | undefined): Problem[] {
  const known = [...new Set([...files.keys(), ...(former?.keys() ?? [])])].sort();
  const is = former ? 'is in neither state' : 'is not in the working tree';
  return chosen
    .filter(name => !known.includes(name))
    .map(name => ({
      where: 'environments',
      path: shownKey(name),
      message: `${is}; ${withGuess(name, known, `there are ${known.join(', ')}`)}`,
    }));
}
