import type { AddCommand } from './add-command';

const DESCRIPTION = [
  'Shows an environment on one screen: login, cluster, nodes with the pods on them, autoscaler, certificate, schema migration, image (running and rendered), and which objects differ from the rendered manifests. Changes nothing.',
  'A part that is not as it should be, or that cannot be had, is marked with "!" and says why. Ends with 0 when there is none, with 1 otherwise.',
];

/** `npm run status`. */
export const status: AddCommand = (program, host, end) => {
  program
    .command('status')
    .summary('one screen about a deployed environment')
    .description(DESCRIPTION.join('\n\n'))
    .argument('<environment>', 'its name: dev for environments/dev.ts')
    .option(
      '--drift',
      'ask Terraform too what it would change in each stack (minutes; needs the TF_VAR_ variables of up)',
    )
    .option('--context <name>', 'a context of your own kubeconfig (default: a kubeconfig of its own)')
    .action(async (name: string, options: { drift?: boolean; context?: string }) => {
      const { runLifecycle } = await import('../lifecycle/command');
      const { status } = await import('../lifecycle/status/status');
      end(await runLifecycle(host, context => status(context, name, options)));
    });
};
