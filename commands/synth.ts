import type { AddCommand } from './add-command';

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
      const { folders: own, environmentsFolder } = await import('../synth/folders');
      const { summarize } = await import('../synth/summary');
      const { CDKTF_OUTDIR, CDK8S_OUTDIR } = host.env;
      const folders = {
        terraform: CDKTF_OUTDIR === undefined ? own.terraform : host.path(CDKTF_OUTDIR),
        kubernetes: CDK8S_OUTDIR === undefined ? own.kubernetes : host.path(CDK8S_OUTDIR),
      };
      const result = run({ files: host.environments, chosen, environmentsFolder, folders });
      host.out(summarize(result, folders, new Date()));
    });
};
