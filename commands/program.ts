import { Command, CommanderError } from 'commander';
import type { ExitCode, Host } from '../host';
import { version } from '../package.json';
import type { AddCommand } from './add-command';
import { cost } from './cost';
import { diff } from './diff';
import { down } from './down';
import { status } from './status';
import { refuseSwallowed } from './swallowed';
import { synth } from './synth';
import { up } from './up';
import { verify } from './verify';

const commands: readonly AddCommand[] = [synth, diff, cost, up, verify, status, down];

/**
 * Runs one command line.
 * @param args without node and the script: `['synth', 'dev']`
 * @throws ProblemsError, and CommanderError after it has said what is wrong
 */
export async function runProgram(args: readonly string[], host: Host): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const program = new Command('litellm-aks')
    .description('A typed environment file in, a production LiteLLM gateway on Azure Kubernetes Service out.')
    .version(version)
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError('(--help shows the options)')
    .hook('preAction', (_, command) => refuseSwallowed(command, host.env))
    .configureOutput({
      writeOut: text => host.out(text.trimEnd()),
      writeErr: text => host.err(text.trimEnd()),
    });
  for (const add of commands) {
    add(program, host, code => {
      exitCode = code;
    });
  }
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    // The one argument that a command cannot do without.
    if (error instanceof CommanderError && error.code === 'commander.missingArgument') {
      host.err(`(environments/ holds ${[...host.environments.keys()].sort().join(', ') || 'none'})`);
    }
    throw error;
  }
  return exitCode;
}
