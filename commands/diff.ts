import type { DiffOptions } from '../diff/run';
import type { AddCommand } from './add-command';

/** `npm run diff`: what a change does to the cloud, for whoever has to approve it. */
export const diff: AddCommand = (program, host, end) => {
  program
    .command('diff')
    .summary('say what a change does to environments')
    .description(
      'Compares what the working tree renders with what a revision of git has in dist/, and says what that does to the cloud.',
    )
    .argument('[environments...]', 'their names; all of both sides when none is given')
    .option('--base <revision>', 'what to compare with (default: the merge base with main)')
    .option(
      '--format <format>',
      'of the report: text, json, or markdown for a comment on a pull request',
      'text',
    )
    .option('--detailed-exitcode', 'end with 0 for nothing, 2 for changes, 3 for destructive ones')
    .action(async (chosen: string[], options: DiffOptions) => {
      const { runDiff } = await import('../diff/run');
      end(runDiff({ files: host.environments, chosen, options, host, folder: '.' }));
    });
};
