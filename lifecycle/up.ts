import type { ExitCode } from '../host';
import { outputsFile } from '../synth/folders';
import { remarks } from '../synth/summary';
import type { Synthesis } from '../synth/synthesize';
import type { ClusterAccess } from '../verify/cluster-access';
import { applyAndWait } from './apply-and-wait';
import { checkCapacity } from './capacity';
import { reachCluster } from './cluster-access';
import type { Context } from './context';
import { Refusal } from './failure';
import { Kubectl } from './kubectl';
import { recordOutputs } from './outputs';
import { applyPlan, askFor, notYet, planStack } from './plan-stack';
import type { Prerequisites } from './prerequisites';
import { prune } from './prune';
import { sampleValues } from './sample-values';
import { checkTools, closeSession, openSession, type Session, terraformOf, UNTOUCHED } from './session';
import { withoutVariables } from './step';
import type { Terraform } from './terraform';

interface UpOptions {
  /** Do not ask. */
  readonly yes?: boolean;
  /** Show what Terraform would do, and change nothing. */
  readonly planOnly?: boolean;
  /** A context of the user's kubeconfig, instead of a kubeconfig of our own. */
  readonly context?: string;
}

/**
 * From an environment file to a running gateway. Every stage leaves what is there already as it is, so a run that ended
 * in the middle is continued by the next one.
 * @throws StageError, Refusal or ProblemsError: messages to the person who waits
 */
export async function up(context: Context, name: string, options: UpOptions): Promise<ExitCode> {
  // Without --yes: after a failure, a person looks at the plan.
  const flags = [
    ...(options.planOnly ? ['--plan-only'] : []),
    ...(options.context ? [`--context ${options.context}`] : []),
  ];
  const session = openSession(context, name, ['up --', name, ...flags].join(' '));
  if (!context.host.interactive && !options.yes && !options.planOnly) {
    throw new Refusal(
      'Nobody can be asked here. Nothing was changed: pass --yes to apply what Terraform plans, or --plan-only to see it.',
    );
  }
  try {
    await run(session, options);
    return 0;
  } finally {
    closeSession(session);
  }
}

async function run(session: Session, options: UpOptions): Promise<void> {
  const { context, environment } = session;
  const tools = await checkTools(session, sampleValues(environment));
  const { stacks } = await synthesizeFirst(session);
  await checkCapacity(session, tools);
  const [cloud = '', ...inCluster] = stacks.map(({ name }) => name);
  const terraform = terraformOf(session, tools, cloud);
  await deploy(session, terraform, UNTOUCHED, options);
  if (options.planOnly) return planInCluster(session, tools, terraform, inCluster);

  const synthesis = await takeOutputs(session, terraform);
  const access = await reach(session, tools, options);
  for (const stack of inCluster) {
    const left = `${cloud} is deployed, ${stack} is as it was.`;
    await deploy(session, terraformOf(session, tools, stack), left, options);
  }
  await applyAndWait(session, synthesis, access, tools);
  await verify(session, access);
  await deleteUnused(session, access);
  context.host.out(`${environment.name} is up: https://${environment.host}`);
}

function synthesizeFirst({ stages, context, environment }: Session): Promise<Synthesis> {
  return stages.run({ title: `Synthesize ${environment.name}`, left: UNTOUCHED }, step => {
    const synthesis = context.synthesize(environment.name);
    for (const line of remarks(synthesis, new Date())) step.note(line);
    return synthesis;
  });
}

/** Plans, asks, and applies exactly what was shown. */
async function deploy(
  session: Session,
  terraform: Terraform,
  left: string,
  options: UpOptions,
): Promise<void> {
  const plan = await planStack(session, terraform, left);
  if (!plan.changes || options.planOnly) return;
  if (!options.yes) await askFor(session, `Do this to ${terraform.stack.name}?`, 'yes');
  await applyPlan(session, terraform, plan);
}

/** Plans what lives in the cluster, as that is now: what the first plan would change is not done yet. */
async function planInCluster(
  session: Session,
  tools: Prerequisites,
  cloud: Terraform,
  stacks: readonly string[],
): Promise<void> {
  const { name } = cloud.stack;
  for (const stack of stacks) {
    const look = { title: `See whether ${name} is applied`, left: UNTOUCHED };
    const isApplied = await session.stages.run(look, step => cloud.isApplied(step));
    if (isApplied) await planStack(session, terraformOf(session, tools, stack), UNTOUCHED);
    else session.context.host.out(notYet(stack, name));
  }
}

/** Writes down what Azure invented, and renders the manifests with it. */
function takeOutputs(session: Session, terraform: Terraform): Promise<Synthesis> {
  const { context, environment, stages } = session;
  const { name } = environment;
  const left = `${terraform.stack.name} is deployed; the cluster is as it was.`;
  return stages.run({ title: 'Take over the outputs', left }, async step => {
    const isNew = recordOutputs(context.environmentsFolder, name, await terraform.outputs(step));
    const synthesis = context.synthesize(name);
    if (synthesis.preview) throw new Error('the manifests are still a preview, which no cluster gets');
    const file = outputsFile(name, context.environmentsFolder);
    if (isNew) step.note(`commit ${file} and ${context.folders.kubernetes}/${name}: they are new`);
    return synthesis;
  });
}

function reach({ stages, context, environment, journal }: Session, tools: Prerequisites, options: UpOptions) {
  const left = 'The cloud side is deployed; the cluster is as it was.';
  return stages.run({ title: `Reach the cluster ${environment.names.cluster}`, left }, step =>
    reachCluster(step, {
      environment,
      subscription: tools.account.id,
      kubeconfig: journal.path('kubeconfig'),
      context: options.context,
      patience: context.patience.access,
    }),
  );
}

/** The smoke suite, as `npm run verify` runs it, with our own way to the cluster: a first `up` is the only one there is. */
async function verify({ stages, context, environment }: Session, access: ClusterAccess): Promise<void> {
  const host = { ...context.host, env: withoutVariables(context.host.env) };
  const left = 'The gateway is deployed and its pods are ready.';
  await stages.run({ title: 'Verify the gateway', left }, async () => {
    if ((await context.verify(environment, host, access)) !== 0) {
      throw new Error(`some checks failed; npm run verify -- ${environment.name} runs them alone`);
    }
  });
}

/** Only now: until the new revision has proved itself, somebody may want to go back to any former one. */
function deleteUnused({ stages, environment }: Session, access: ClusterAccess): Promise<void> {
  const stage = { title: 'Delete what no revision uses', left: `${environment.name} is up.` };
  return stages.run(stage, step => prune(step, new Kubectl(step, access), environment.name));
}
