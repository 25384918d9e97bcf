import { stackNames } from '../../contract/stacks';
import type { ExitCode } from '../../host';
import type { ClusterAccess } from '../../verify/cluster-access';
import { Azure } from '../azure';
import { reachCluster } from '../cluster-access';
import type { Context } from '../context';
import { Kubectl } from '../kubectl';
import { checkPrerequisites } from '../prerequisites';
import { unusedObjects } from '../prune';
import { redactor } from '../redact';
import { closeSession, openSession, type Session, terraformOf } from '../session';
import type { Step } from '../step';
import { clusterState, drift } from './cloud';
import { type Finding, type Part, part, screen } from './part';
import { applicableFolder, renderedFolder, renderedImage } from './rendered';
import { autoscaler, certificates, differences, image, nodes, schema } from './workload';

interface StatusOptions {
  /** Ask Terraform too. */
  readonly drift?: boolean;
  readonly context?: string;
}

/**
 * One screen about an environment. Changes nothing.
 * @returns 0 when every part could be had and is well
 */
export async function status(context: Context, name: string, options: StatusOptions): Promise<ExitCode> {
  const session = openSession(context, name, `status -- ${name}`);
  try {
    const { environment, journal } = session;
    const { host } = context;
    const parts = await Promise.all(allParts(session, options));
    // Tools may have said what no error of ours has passed through.
    host.out(redactor(host.env)(`${name}  https://${environment.host}\n\n${screen(parts)}`));
    if (parts.every(({ well }) => well)) return 0;
    host.err(`\nWhat is marked ! is not as it should be, or cannot be had. Logs: ${journal.folder}`);
    return 1;
  } finally {
    closeSession(session);
  }
}

function allParts(session: Session, options: StatusOptions): Promise<Part>[] {
  const { context, environment, journal, stages } = session;
  const step = (title: string): Step => stages.step(title);
  const subscription = environment.subscriptionId ?? context.host.env.ARM_SUBSCRIPTION_ID;
  const access = reachCluster(step('Access'), {
    environment,
    subscription,
    kubeconfig: journal.path('kubeconfig'),
    context: options.context,
    patience: { seconds: 0, every: 1 },
  });
  const inCluster = (title: string, find: (kubectl: Kubectl) => Promise<Finding>) =>
    part(title, async () => find(new Kubectl(step(title), await reached(access))));

  return [
    part('Login', async () => {
      const account = await new Azure(step('Login'), subscription).account();
      return { lines: [`${account.user} in ${account.name} (${account.id})`], well: true };
    }),
    part('Cluster', () => clusterState(step('Cluster'), environment, subscription)),
    part('Access', async () => {
      const { context: named } = await access;
      return {
        lines: [named === undefined ? 'the API server answers' : `by the context ${named}`],
        well: true,
      };
    }),
    inCluster('Nodes', nodes),
    inCluster('Autoscaler', autoscaler),
    inCluster('Certificate', kubectl => certificates(kubectl, new Date())),
    inCluster('Schema', schema),
    inCluster('Image', kubectl => image(kubectl, renderedImage(renderedFolder(session)))),
    inCluster('Differences', kubectl => differences(kubectl, applicableFolder(session))),
    inCluster('Unused', async kubectl => {
      const unused = await unusedObjects(kubectl, environment.name);
      return { lines: [...unused, ...(unused.length > 0 ? ['the next up deletes them'] : [])], well: true };
    }),
    ...(options.drift ? [part('Drift', () => driftOf(session, step('Drift')))] : []),
  ];
}

/** Why the cluster cannot be reached is said once, by the part that reaches it. */
async function reached(access: Promise<ClusterAccess>): Promise<ClusterAccess> {
  try {
    return await access;
  } catch {
    throw new Error('the cluster is not reached (see Access)');
  }
}

async function driftOf(session: Session, step: Step): Promise<Finding> {
  const tools = await checkPrerequisites(step, session.environment);
  const [cloud, addons] = stackNames(session.environment.name);
  return drift(step, [terraformOf(session, tools, cloud), terraformOf(session, tools, addons)]);
}
