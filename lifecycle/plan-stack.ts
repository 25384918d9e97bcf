import { Refusal } from './failure';
import type { Session } from './session';
import type { Terraform, TerraformPlan } from './terraform';

/**
 * Plans a stack and shows the plan.
 * @param left what state things are in so far
 * @param flags such as `-destroy`
 */
export async function planStack(
  { context, stages, journal }: Session,
  terraform: Terraform,
  left: string,
  ...flags: readonly string[]
): Promise<TerraformPlan> {
  const { name } = terraform.stack;
  await stages.run({ title: `Prepare Terraform for ${name}`, left }, step => terraform.init(step));
  const plan = await stages.run({ title: `Plan ${name}`, left }, async step => {
    const made = await terraform.plan(step, journal.path(`${name}.tfplan`), ...flags);
    step.note(made.summary);
    return made;
  });
  if (plan.changes) context.host.out(`\n${plan.text}\n`);
  return plan;
}

/** Why a stack has no plan: it reads from the state of another one, which never was applied. */
export function notYet(stack: string, cloud: string): string {
  return `${stack} cannot be planned before ${cloud} is applied: it logs in to the cluster that ${cloud} makes`;
}

/** Does what a plan says; a run that ends in between goes on where it ended. */
export async function applyPlan(
  { stages }: Session,
  terraform: Terraform,
  plan: TerraformPlan,
): Promise<void> {
  const { name } = terraform.stack;
  const left = `${name} is partly changed; its state knows what exists.`;
  await stages.run({ title: `Apply the plan of ${name}`, left }, step => terraform.apply(step, plan));
}

/**
 * Asks a person, and takes nothing but the whole word.
 * @throws Refusal if the answer is another one
 */
export async function askFor({ context }: Session, question: string, word: string): Promise<void> {
  const { host } = context;
  // Ctrl-C at the question is an answer too.
  const answer = await host.ask(`${question} Only "${word}" is accepted: `).catch(() => '');
  if (answer.trim() !== word) throw new Refusal('Not confirmed.');
}
