import type { AddCommand } from './add-command';

const DESCRIPTION = [
  'Deploys an environment: checks tools and login, synthesizes, plans with Terraform, shows the plan and asks, applies exactly that plan, writes down what Azure invented (environments/<environment>.outputs.json), synthesizes again, applies the manifests in order, waits for the pods and for the name of the host, and verifies the gateway.',
  'What is there already stays as it is: run it again after a change, or to continue after a failure. Everything that it does can be done by hand, in any mixture: it keeps the state of Terraform where cdktf deploy does.',
  'Needs terraform or tofu (1.11 or newer), kubectl, kubelogin and az on the PATH, and az login.',
];

/** `npm run up`: the one command of the article's promise. */
export const up: AddCommand = (program, host, end) => {
  program
    .command('up')
    .summary('deploy an environment, or continue a deployment')
    .description(DESCRIPTION.join('\n\n'))
    .argument('<environment>', 'its name: dev for environments/dev.ts')
    .option('-y, --yes', 'do not ask before Terraform changes anything (for CI)')
    .option('--plan-only', 'show what Terraform would do, stack by stack, and change nothing')
    .option(
      '--context <name>',
      'a context of your own kubeconfig; it has to lead to the cluster of this environment (default: a kubeconfig of its own)',
    )
    .action(async (name: string, options: { yes?: boolean; planOnly?: boolean; context?: string }) => {
      const { runLifecycle } = await import('../lifecycle/command');
      const { up } = await import('../lifecycle/up');
      end(await runLifecycle(host, context => up(context, name, options)));
    });
};
