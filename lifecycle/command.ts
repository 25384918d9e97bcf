import { type ExitCode, type Host, INTERRUPTED } from '../host';
import { type Context, projectContext } from './context';
import { isMessage } from './failure';

/** Runs a command in the project, and says what kept it from its end. */
export async function runLifecycle(
  host: Host,
  command: (context: Context) => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    const code = await command(projectContext(host));
    return host.interrupted.aborted ? INTERRUPTED : code;
  } catch (error) {
    if (!isMessage(error)) throw error;
    host.err(`\nError: ${error.message}`);
    return host.interrupted.aborted ? INTERRUPTED : 1;
  }
}
