import type { Command } from 'commander';
import { ProblemsError } from '../config/problem';
import type { Host } from '../host';

/** Configuration of npm's own, which may come from a person's .npmrc. */
const NPMS = ['ca', 'json', 'only', 'yes'];

/**
 * npm takes options that no -- stands before, and tells of them by variables alone: `npm run up dev --plan-only` would
 * apply the plan.
 * @throws ProblemsError with the options that the command did not get
 */
export function refuseSwallowed(command: Command, env: Host['env']): void {
  const swallowed = command.options.filter(option => {
    const variable = `npm_config_${option.name().replaceAll('-', '_')}`;
    const isGiven = command.getOptionValueSource(option.attributeName()) === 'cli';
    return env[variable] !== undefined && !isGiven && !NPMS.includes(option.name());
  });
  if (swallowed.length === 0) return;
  const message = `was taken by npm; write it after a --, as in: npm run ${command.name()} -- dev`;
  throw new ProblemsError(
    swallowed.map(option => ({
      where: String(option.long),
      path: '',
      message: `${message} ${option.flags.replace(/^.*?--/, '--')}`,
    })),
  );
}
