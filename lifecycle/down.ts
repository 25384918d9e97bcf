import { rmSync } from 'node:fs';
import { optionProblem } from '../config/option-problem';
import { workload } from '../contract/workload';
import type { ExitCode } from '../host';
import { outputsFile } from '../synth/folders';
import type { ClusterAccess } from '../verify/cluster-access';
import { NoCluster, reachCluster } from './cluster-access';
import type { Context } from './context';
import { destroy, planDestruction } from './destroy-stacks';
import { exportDatabase, fileProblem } from './export-database';
import { Refusal } from './failure';
import { Kubectl } from './kubectl';
import { losses } from './losses';
import { deleteNamespace } from './namespace';
import { askFor } from './plan-stack';
import type { Prerequisites } from './prerequisites';
import { purgeDeleted } from './purge';
import { checkTools, closeSession, openSession, type Session, UNTOUCHED } from './session';

interface DownOptions {
  /** The environment's name again, instead of the question. */
  readonly yes?: string;
  /** Purge what Azure keeps of deleted resources. */
  readonly purge?: boolean;
  /** The cluster cannot be reached any more. */
  readonly withoutCluster?: boolean;
  readonly context?: string;
  /** Where the database's rows go before anything is destroyed. */
  readonly exportDatabase?: string;
}

/**
 * Destroys an environment; run again, it goes on where it ended.
 * @throws StageError, Refusal or ProblemsError: messages to the person who waits
 */
export async function down(context: Context, name: string, options: DownOptions): Promise<ExitCode> {
  const flags = [
    ...(options.purge ? ['--purge'] : []),
    ...(options.withoutCluster ? ['--without-cluster'] : []),
    ...(options.exportDatabase ? ['--export-database', options.exportDatabase] : []),
    ...(options.context ? ['--context', options.context] : []),
  ];
  const wrong = [
    ...optionProblem('--yes', options.yes, given =>
      given === name ? undefined : `takes the same name again; the environment is ${name}`,
    ),
    ...optionProblem('--export-database', options.exportDatabase, fileProblem),
  ];
  const session = openSession(context, name, ['down --', name, ...flags].join(' '), wrong);
  refuse(session, options);
  try {
    await run(session, options);
    return 0;
  } finally {
    closeSession(session);
  }
}

/** What can be known without asking anybody. */
function refuse({ context, environment }: Session, options: DownOptions): void {
  const { yes, exportDatabase: file, withoutCluster } = options;
  const { name, class: kind, deletionProtection } = environment;
  if (deletionProtection) {
    const waiver = kind === 'production' ? ' and a waiver of class-deletion that says why it goes' : '';
    throw new Refusal(
      `${name} has deletionProtection: Terraform would refuse to destroy PostgreSQL, Key Vault and the salt key. Nothing was changed. To give them up, set deletionProtection: false${waiver} in environments/${name}.ts, npm run up -- ${name}, and run this again.`,
    );
  }
  if (yes === undefined && !context.host.interactive) {
    throw new Refusal(`Nobody can be asked here. Nothing was changed: pass --yes ${name}.`);
  }
  if (file !== undefined && withoutCluster) {
    throw new Refusal(
      '--export-database needs the cluster, and --without-cluster gives it up. Nothing was changed.',
    );
  }
}

async function run(session: Session, options: DownOptions): Promise<void> {
  const { context, environment } = session;
  const { host } = context;
  const { name } = environment;
  const tools = await checkTools(session);
  const access = options.withoutCluster ? undefined : await reach(session, tools, options);
  const destruction = await planDestruction(session, tools, access !== undefined);
  const { resources } = destruction;
  if (resources.length > 0) host.out(`\nDestroyed for good:\n${list(resources)}`);
  host.out(`\nLost with ${name}:\n${list(losses(environment, options.purge === true))}\n`);
  if (options.yes === undefined) await askFor(session, `Destroy ${name}?`, name);

  if (options.exportDatabase !== undefined) await keep(session, access, options.exportDatabase);
  if (access) await removeNamespace(session, access);
  await destroy(session, destruction);
  await forget(session);
  if (options.purge) await purge(session, tools);
  host.out(`${name} is gone.`);
}

/** The way to the cluster, while there is one: a run that continues may have destroyed it. */
function reach(
  { stages, context, environment, journal }: Session,
  tools: Prerequisites,
  options: DownOptions,
) {
  const left = `Nothing was changed. If the cluster cannot be reached any more: npm run down -- ${environment.name} --without-cluster`;
  return stages.run({ title: `Reach the cluster ${environment.names.cluster}`, left }, async step => {
    try {
      return await reachCluster(step, {
        environment,
        subscription: tools.account.id,
        kubeconfig: journal.path('kubeconfig'),
        context: options.context,
        patience: context.patience.access,
      });
    } catch (error) {
      if (!(error instanceof NoCluster)) throw error;
      step.note(error.message);
      return undefined;
    }
  });
}

/** The database's rows, as long as a pod can read them. */
function keep({ stages }: Session, access: ClusterAccess | undefined, file: string): Promise<void> {
  return stages.run({ title: `Export the database to ${file}`, left: UNTOUCHED }, step => {
    if (!access) throw new Error('there is no cluster any more, and nothing else reaches the database');
    return exportDatabase(step, new Kubectl(step, access), file);
  });
}

function removeNamespace({ stages, context }: Session, access: ClusterAccess): Promise<void> {
  const left = 'The namespace may be half deleted; Azure is as it was.';
  return stages.run({ title: `Delete the namespace ${workload.namespace}`, left }, step =>
    deleteNamespace(step, new Kubectl(step, access), workload.namespace, context.patience.namespace),
  );
}

/** The outputs name identities that are gone: the manifests become a preview again. */
function forget({ stages, context, environment }: Session): Promise<void> {
  const { name } = environment;
  const left = `The stacks of ${name} are destroyed.`;
  return stages.run({ title: 'Forget the outputs', left }, step => {
    const file = outputsFile(name, context.environmentsFolder);
    rmSync(file, { force: true });
    context.synthesize(name);
    step.note(`commit that ${file} is gone and ${context.folders.kubernetes}/${name} is a preview`);
  });
}

function purge({ stages, environment }: Session, tools: Prerequisites): Promise<void> {
  const left = `The stacks of ${environment.name} are destroyed; some names are still taken.`;
  return stages.run({ title: 'Purge deleted names', left }, step =>
    purgeDeleted(step, environment, tools.account.id),
  );
}

function list(lines: readonly string[]): string {
  return lines.map(line => `  - ${line}`).join('\n');
}
