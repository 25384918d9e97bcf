import { chmodSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson } from './read-json';
import type { Step } from './step';

/** Minutes matter little to Terraform: a cluster takes ten, Redis twenty. */
const CHANGE_SECONDS = 2 * 60 * 60;
const PLAN_SECONDS = 20 * 60;
/** After Ctrl-C it finishes what it has begun, and writes the state: killing it earlier would forget resources. */
const GRACE_SECONDS = 30 * 60;

/** `terraform output -json`. */
const outputsSchema = z.record(z.string(), z.object({ sensitive: z.boolean(), value: z.unknown() }));

interface Stack {
  /** Its folder's name: `dev`. */
  readonly name: string;
  /** Where its `cdk.tf.json` lies; Terraform runs there, as `cdktf deploy` does, and both find the same state. */
  readonly folder: string;
}

export interface TerraformPlan {
  readonly stack: Stack;
  /** The saved plan. */
  readonly file: string;
  readonly changes: boolean;
  /** As Terraform prints it. */
  readonly text: string;
  /** `Plan: 2 to add, 0 to change, 0 to destroy.` */
  readonly summary: string;
}

/** Terraform or OpenTofu on one stack. */
export class Terraform {
  /**
   * @param program `terraform` or `tofu`
   * @param env more variables for it
   */
  constructor(
    private readonly program: string,
    readonly stack: Stack,
    private readonly env: Readonly<Record<string, string>> = {},
  ) {}

  /** Fetches the providers and finds the state. */
  async init(step: Step): Promise<void> {
    await step.ok(this.program, ['init', '-input=false', '-no-color'], this.options(PLAN_SECONDS));
  }

  /**
   * Compares the configuration with the cloud.
   * @param file where the plan is saved: it may hold values, so its folder is the caller's alone; empty for one that nobody
   * applies
   */
  async plan(step: Step, file: string, ...flags: readonly string[]): Promise<TerraformPlan> {
    const saved = file ? [`-out=${file}`] : [];
    const args = ['plan', '-input=false', '-no-color', '-detailed-exitcode', ...saved, ...flags];
    const answer = await step.run(this.program, args, this.options(PLAN_SECONDS));
    // 0: nothing to do, 2: something to do.
    if (answer.status !== 0 && answer.status !== 2) throw step.failed(this.program, args, answer);
    if (file) {
      if (!existsSync(file)) throw new Error(`${this.program} plan ended well, and saved no plan`);
      chmodSync(file, 0o600);
    }
    const text = step.redact(planText(answer.stdout));
    const summary = /^(Plan: .*|No changes\..*|Changes to Outputs:)$/m.exec(text)?.[1] ?? '';
    return { stack: this.stack, file, changes: answer.status === 2, text, summary };
  }

  /** Does exactly what a plan says. Ephemeral variables are in no plan, so Terraform asks for them again. */
  async apply(step: Step, { file }: TerraformPlan): Promise<void> {
    try {
      await step.ok(this.program, ['apply', '-input=false', '-no-color', file], {
        ...this.options(CHANGE_SECONDS),
        graceSeconds: GRACE_SECONDS,
        show: true,
      });
    } finally {
      rmSync(file, { force: true });
    }
  }

  /** What the stack published, secrets left out. */
  async outputs(step: Step): Promise<Record<string, unknown>> {
    const text = await step.ok(this.program, ['output', '-json', '-no-color'], this.options(120));
    const outputs = readJson(`${this.program} output`, text, outputsSchema);
    return Object.fromEntries(
      Object.entries(outputs).flatMap(([name, { sensitive, value }]) => (sensitive ? [] : [[name, value]])),
    );
  }

  /** Whether it was ever applied: every stack that another one reads from publishes something. */
  async isApplied(step: Step): Promise<boolean> {
    return Object.keys(await this.outputs(step)).length > 0;
  }

  /** Empties the state: its resources went with what held them. */
  async forgetAll(step: Step): Promise<void> {
    const args = ['state', 'list'];
    const listed = await step.run(this.program, args, this.options(120));
    // A stack that never was has no state, which is an error too.
    if (/No state file was found/.test(listed.stderr)) return;
    if (listed.status !== 0) throw step.failed(this.program, args, listed);
    const addresses = listed.stdout.split('\n').filter(Boolean);
    if (addresses.length === 0) return;
    await step.ok(this.program, ['state', 'rm', ...addresses], this.options(120));
    step.note(`forgotten: ${addresses.join(', ')}`);
  }

  private options(timeoutSeconds: number) {
    return {
      cwd: this.stack.folder,
      // A path of our own would hide the providers and the state's address from `cdktf deploy`.
      env: { TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1', ...this.env },
      timeoutSeconds,
      variables: true,
    };
  }
}

/** A stack's folder, as synth writes it. */
export function stackAt(root: string, name: string): Stack {
  return { name, folder: join(root, 'stacks', name) };
}

/** The plan without what precedes it (refreshing) and follows it (how to apply by hand). */
function planText(stdout: string): string {
  const lines = stdout.split('\n').filter(line => !/: (Refreshing state|Reading|Read complete)/.test(line));
  const end = lines.findIndex(line => line.startsWith('─────'));
  return lines
    .slice(0, end === -1 ? undefined : end)
    .join('\n')
    .trim();
}
