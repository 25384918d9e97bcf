import type { AddCommand } from './program';

/** `npm run synth`, and what cdktf and cdk8s run, each with a folder of its own choice for its layer. */
export const synth: AddCommand = (program, host) => {
  program
    .command('synth')
    .summary('turn environment files into dist/')
    .description(
      'Turns environments/<environment>.ts into dist/terraform/stacks/<environment> and dist/kubernetes/<environment>.',
    )
    .argument('[environments...]', 'their names; all when none is given')
    .action(async (chosen: string[]) => {
      const { run } = await import('../synth/run');
      const { summarize } = await import('../synth/summary');
      const folders = {
        terraform: host.env.CDKTF_OUTDIR ?? 'dist/terraform',
        kubernetes: host.env.CDK8S_OUTDIR ?? 'dist/kubernetes',
      };
      const syntheses = run({ files: host.environments, chosen, outputsFolder: 'environments', folders });
      host.out(summarize(syntheses, folders, new Date()));
    });
};
