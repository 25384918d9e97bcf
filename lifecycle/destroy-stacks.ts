import { applyPlan, planStack } from './plan-stack';
import type { Prerequisites } from './prerequisites';
import { type Session, terraformOf, UNTOUCHED } from './session';
import type { Terraform, TerraformPlan } from './terraform';

/** What is destroyed, once it is agreed to. */
interface Destruction {
  /** Addresses of all resources. */
  readonly resources: readonly string[];
  readonly plans: readonly { readonly terraform: Terraform; readonly plan: TerraformPlan }[];
  /** Stacks whose resources go with the cluster; Terraform cannot reach them any more. */
  readonly orphans: readonly Terraform[];
}

/**
 * Plans to destroy every stack, the last one first.
 * @param hasCluster whether the stacks that live in the cluster can still be reached
 */
export async function planDestruction(
  session: Session,
  tools: Prerequisites,
  hasCluster: boolean,
): Promise<Destruction> {
  const { stages, context, environment } = session;
  const synthesis = await stages.run({ title: `Synthesize ${environment.name}`, left: UNTOUCHED }, () =>
    context.synthesize(environment.name),
  );
  const [cloud, ...inCluster] = synthesis.stacks.map(({ name }) => terraformOf(session, tools, name));
  const reachable = [...(cloud ? [cloud] : []), ...(hasCluster ? inCluster : [])].reverse();
  const plans = [];
  for (const terraform of reachable) {
    plans.push({ terraform, plan: await planStack(session, terraform, UNTOUCHED, '-destroy') });
  }
  return {
    plans,
    resources: plans.flatMap(({ plan }) => destroyed(plan)),
    orphans: hasCluster ? [] : inCluster,
  };
}

/** Does what was agreed to. */
export async function destroy(session: Session, { plans, orphans }: Destruction): Promise<void> {
  for (const { terraform, plan } of plans) {
    if (plan.changes) await applyPlan(session, terraform, plan);
  }
  for (const terraform of orphans) {
    const { name } = terraform.stack;
    const left = `The cluster is gone, and the state of ${name} still lists what was in it.`;
    await session.stages.run({ title: `Forget the state of ${name}`, left }, async step => {
      await terraform.init(step);
      await terraform.forgetAll(step);
    });
  }
}

/** The resources that a plan destroys, by their addresses. */
function destroyed({ text }: TerraformPlan): string[] {
  return [...text.matchAll(/^ *# (\S+) will be destroyed$/gm)].map(([, address]) => address ?? '');
}
