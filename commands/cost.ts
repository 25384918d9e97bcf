import type { CostOptions } from '../cost/run';
import type { AddCommand } from './add-command';

/** `npm run cost`: what an environment costs per month, by what it renders. */
export const cost: AddCommand = (program, host) => {
  program
    .command('cost')
    .summary('estimate what environments cost per month')
    .description(
      'Estimates what environments cost per month, at the minimum and the maximum of their autoscalers, from the table of prices in cost/prices/.',
    )
    .argument('[environments...]', 'their names; all when none is given')
    .option('--live', "ask Azure's Retail Prices API instead of the table")
    .option('--prices-url <url>', 'another address of that API')
    .option('--format <format>', 'of the estimate: text or json', 'text')
    .action(async (chosen: string[], options: CostOptions) => {
      const { synthesizeChosen } = await import('../synth/run');
      const { environmentsFolder } = await import('../synth/folders');
      const { estimateAll, optionProblems } = await import('../cost/run');
      const sources = { files: host.environments, chosen, environmentsFolder };
      const syntheses = synthesizeChosen(sources, optionProblems(options));
      await estimateAll(syntheses, options, host, new Date());
    });
};
