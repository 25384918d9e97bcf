import type { AddCommand } from './add-command';

const DESCRIPTION = [
  'Destroys an environment: lists what goes, says which data and which salt key are lost, and asks for the name of the environment. Then it deletes the namespace and waits until it is gone, so that no load balancer is left, and destroys the stacks with Terraform, the last one first.',
  'It refuses while deletionProtection is true: set it to false in the environment file and deploy that first.',
  'Run it again to continue after a failure.',
];

/** `npm run down`. */
export const down: AddCommand = (program, host, end) => {
  program
    .command('down')
    .summary('destroy an environment')
    .description(DESCRIPTION.join('\n\n'))
    .argument('<environment>', 'its name: dev for environments/dev.ts')
    .option('--yes <environment>', 'do not ask; the name again, so that no script destroys by a slip')
    .option(
      '--purge',
      'also purge what Azure would keep: the deleted Key Vault and the deleted Azure OpenAI account',
    )
    .option(
      '--export-database <file>',
      'first write all rows of the database to a new file, as SQL for psql',
      host.path,
    )
    .option(
      '--without-cluster',
      'leave the namespace to the deletion of a cluster that cannot be reached any more',
    )
    .option('--context <name>', 'a context of your own kubeconfig (default: a kubeconfig of its own)')
    .action(async (name: string, options: Options) => {
      const { runLifecycle } = await import('../lifecycle/command');
      const { down } = await import('../lifecycle/down');
      end(await runLifecycle(host, context => down(context, name, options)));
    });
};

interface Options {
  yes?: string;
  purge?: boolean;
  exportDatabase?: string;
  withoutCluster?: boolean;
  context?: string;
}
