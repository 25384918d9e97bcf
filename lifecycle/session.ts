import { rmSync } from 'node:fs';
import type { Environment } from '../config/environment';
import { findEnvironment } from '../config/environment-files';
import type { Problem } from '../config/problem';
import type { Context } from './context';
import { Journal } from './journal';
import { checkPrerequisites, type Prerequisites } from './prerequisites';
import { Stages } from './stages';
import { stackAt, Terraform } from './terraform';

/** What a stage leaves that only looks, or that comes before all that change something. */
export const UNTOUCHED = 'Nothing was changed.';

/** One run of a command on one environment. */
export interface Session {
  readonly context: Context;
  readonly environment: Environment;
  readonly journal: Journal;
  readonly stages: Stages;
}

/**
 * @param command with its options, as a person types it after `npm run`: `up -- dev`
 * @param wrong what is wrong with the options
 * @throws ProblemsError with that, and with everything that is wrong with the environment
 */
export function openSession(
  context: Context,
  name: string,
  command: string,
  wrong: readonly Problem[] = [],
): Session {
  const { host, journalRoot, progress } = context;
  const environment = findEnvironment(name, context.host.environments, wrong);
  const journal = new Journal(journalRoot, name, command.split(' ')[0] ?? '', new Date());
  const stages = new Stages({ host, journal, progress, again: `npm run ${command}` });
  return { context, environment, journal, stages };
}

/** What a run leaves behind are its logs; plans and the kubeconfig are gone, however it ended. */
export function closeSession({ journal }: Session): void {
  for (const name of journal.leftovers()) rmSync(name, { force: true });
}

/** The first stage of every command that changes something; what else is wrong is said with what it finds. */
export function checkTools(
  { stages, environment }: Session,
  others: readonly Problem[] = [],
): Promise<Prerequisites> {
  return stages.run({ title: 'Check tools and login', left: UNTOUCHED }, async step => {
    const found = await checkPrerequisites(step, environment, others);
    const { name, id, user } = found.account;
    step.note(`${user} in ${name} (${id}), with ${found.terraform}`);
    return found;
  });
}

/** Terraform on one of the environment's stacks, in the subscription that was checked. */
export function terraformOf({ context }: Session, tools: Prerequisites, stack: string): Terraform {
  const folder = stackAt(context.folders.terraform, stack);
  return new Terraform(tools.terraform, folder, { ARM_SUBSCRIPTION_ID: tools.account.id });
}
