import { Option } from 'commander';
import { defaults } from '../verify/options';
import type { AddCommand } from './add-command';

const DESCRIPTION = [
  'Asks a running gateway everything that it should be able to do: health, models, completions, streams, cache, virtual keys, budgets, limits, teams, spend, metrics and security, and TLS and DNS in front of it. Name an environment, whose file says what to expect, or the URL of any LiteLLM.',
  'It makes keys, a team and a user whose names begin with litellm-aks-verify, and deletes them at the end, also after Ctrl-C. It sends one completion of at most 16 tokens to every model and some ten more; --only and --skip choose.',
  `The master key comes from ${defaults.masterKeyEnv} or another variable, or else from the environment's Key Vault (az login). It is never an argument.`,
  'Ends with 0 when nothing failed, 1 when something failed or nothing could be checked, and 130 after Ctrl-C. A check that cannot run is skipped, says why, and is no pass; with --strict it is a failure.',
];

interface Given {
  readonly url?: string;
  readonly timeout: string;
  readonly [option: string]: unknown;
}

/** `npm run verify`: the smoke suite. */
export const verify: AddCommand = (program, host, end) => {
  program
    .command('verify')
    .summary('check a running gateway from the outside')
    .description(DESCRIPTION.join('\n\n'))
    .argument('[environment]', 'its name: dev for environments/dev.ts')
    .option('--url <url>', 'the gateway, in place of an environment: https://llm.example.com')
    .option('--master-key-env <name>', 'variable with the master key', defaults.masterKeyEnv)
    .option('--only <checks>', 'ids or groups, separated by commas: keys,cache.hit', list)
    .option('--skip <checks>', 'ids or groups to leave out', list)
    .option('--strict', 'a check that cannot run is a failure')
    .option('--model <name>', 'the model to ask (default: the first that answers)')
    .option('--timeout <seconds>', 'for each request', String(defaults.timeout))
    .option('--json', 'print one JSON document; the table goes to stderr')
    .option('--junit <file>', 'write a JUnit report', host.path)
    .option('--resolve <address>', 'connect to this address, whatever DNS says: before the record exists')
    .option('--address <address>', 'what DNS has to answer (default: the address in Azure)')
    .option('--dns-server <address>', 'ask this DNS server; may be repeated', collect)
    .option('--ca <file>', 'trust these certificates too, such as those of a staging authority', host.path)
    .option('--pod-url <url>', 'one pod; twice, to check the cache across pods', collect)
    .option(
      '--context <name>',
      "reach the pods by this context of the kubeconfig (default: the cluster's name)",
    )
    .option('--remove-leftovers', 'delete what killed runs left behind an hour ago or earlier')
    // Known, so that it is refused without being repeated.
    .addOption(new Option('--master-key [key]').hideHelp())
    .action(async (name: string | undefined, { url, timeout, ...given }: Given) => {
      const { CannotRun } = await import('../verify/cannot-run');
      try {
        const { verifyEnvironment, verifyUrl } = await import('../verify/verify');
        if (given.masterKey !== undefined || /^sk-/.test(name ?? '')) {
          throw new CannotRun(
            `the master key is never an argument, which others can read: export ${defaults.masterKeyEnv}=…`,
          );
        }
        const { optionProblems } = await import('../verify/option-problems');
        const problems = optionProblems({ name, url, timeout }, given);
        const options = { ...given, timeout: Number(timeout) };
        if (name === undefined || url !== undefined) {
          const { ProblemsError } = await import('../config/problem');
          if (problems.length > 0) throw new ProblemsError(problems);
          return end(await verifyUrl(String(url), host, options));
        }
        const { findEnvironment } = await import('../config/environment-files');
        const environment = findEnvironment(name, host.environments, problems);
        end(await verifyEnvironment(environment, host, options));
      } catch (error) {
        // After Ctrl-C something is missing because nobody waited for it.
        if (!(error instanceof CannotRun) || host.interrupted.aborted) throw error;
        host.err(`Error: ${error.message}`);
        end(1);
      }
    });
};

function list(value: string): string[] {
  return value.split(',').filter(Boolean);
}

function collect(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}
