import type { Environment } from '../config/environment';
import { type Problem, ProblemsError } from '../config/problem';
import { terraformNameOf } from '../config/secret-name';
import { oldestKubectl, oldestTerraform } from '../contract/tool-versions';
import { type Account, Azure } from './azure';
import { INSTALL_HELP } from './install-help';
import type { Step } from './step';
import { NoAnswer } from './tool';

/** What the commands stand on, once it is known to be there. */
export interface Prerequisites {
  /** `terraform` or `tofu`. */
  readonly terraform: string;
  readonly account: Account;
}

/** Program names by what they are; cdktf reads the same variable. */
const TERRAFORM_VARIABLE = 'TERRAFORM_BINARY_NAME';

/**
 * Everything that has to be there before anything is changed.
 * @param others what is wrong besides, to be said with it
 * @throws ProblemsError with all that is missing
 */
export async function checkPrerequisites(
  step: Step,
  environment: Environment,
  others: readonly Problem[] = [],
): Promise<Prerequisites> {
  const [terraform, kubectl, kubelogin, account] = await Promise.all([
    findTerraform(step),
    versionOf(step, 'kubectl', ['version', '--client', '--output=json'], oldestKubectl, INSTALL_HELP.kubectl),
    versionOf(step, 'kubelogin', ['--version'], undefined, INSTALL_HELP.kubelogin),
    login(step, environment),
  ]);
  const problems = [terraform, kubectl, kubelogin, account]
    .flatMap(found => ('problems' in found ? found.problems : []))
    .concat(missingVariables(step, environment), others);
  if (problems.length > 0 || 'problems' in terraform || 'problems' in account)
    throw new ProblemsError(problems);
  return { terraform: terraform.program, account: account.account };
}

type Found<T> = T | Trouble;

interface Trouble {
  readonly problems: Problem[];
  /** Whether there is no such program at all. */
  readonly isMissing?: boolean;
}

/** Terraform, or else OpenTofu, unless the variable names one. */
async function findTerraform(step: Step): Promise<Found<{ program: string }>> {
  const named = step.env[TERRAFORM_VARIABLE];
  const candidates = named ? [named] : ['terraform', 'tofu'];
  let last: Trouble = problem('terraform', undefined, `is missing; ${INSTALL_HELP.terraform}`);
  for (const program of candidates) {
    const found = await versionOf(
      step,
      program,
      ['version', '-json'],
      oldestTerraform,
      INSTALL_HELP.terraform,
    );
    if ('program' in found) return found;
    // What is there, but too old or broken, says more than what is not there.
    if (!found.isMissing || candidates.length === 1) last = found;
  }
  return last;
}

async function versionOf(
  step: Step,
  program: string,
  args: readonly string[],
  least: readonly [number, number] | undefined,
  help: string,
): Promise<Found<{ program: string }>> {
  try {
    const { stdout, stderr, status } = await step.run(program, args, { timeoutSeconds: 60 });
    const said = step.redact((stderr || stdout).trim());
    if (status !== 0) {
      return problem(program, undefined, `does not work: ${said || `it ended with ${status}`}; ${help}`);
    }
    const version = /(\d+)\.(\d+)\.\d+/.exec(stdout);
    if (!least) return { program };
    const [major = 0, minor = 0] = (version ?? []).slice(1).map(Number);
    const recent = major > least[0] || (major === least[0] && minor >= least[1]);
    return recent
      ? { program }
      : problem(program, version?.[0] ?? (said || 'nothing'), `is too old or has no version; ${help}`);
  } catch (error) {
    if (!(error instanceof NoAnswer) || error.reason === 'interrupted') throw error;
    const isMissing = error.reason === 'missing';
    const what = isMissing ? 'is missing' : `does not work: ${error.message}`;
    return { ...problem(program, undefined, `${what}; ${help}`), isMissing };
  }
}

/** Whoever is logged in, in the subscription that the environment names. */
async function login(
  step: Step,
  { subscriptionId, name }: Environment,
): Promise<Found<{ account: Account }>> {
  const wanted = subscriptionId ?? step.env.ARM_SUBSCRIPTION_ID;
  try {
    const account = await new Azure(step).account();
    if (wanted === undefined || wanted.toLowerCase() === account.id.toLowerCase()) return { account };
    const source = subscriptionId ? `environments/${name}.ts names` : 'ARM_SUBSCRIPTION_ID is';
    return problem(
      'az',
      `${account.id} (${account.name})`,
      `is the wrong subscription: ${source} ${wanted}; az account set --subscription ${wanted}`,
    );
  } catch (error) {
    if (error instanceof NoAnswer) {
      if (error.reason === 'interrupted') throw error;
      return problem(
        'az',
        undefined,
        error.reason === 'missing' ? `is missing; ${INSTALL_HELP.az}` : error.message,
      );
    }
    const { message } = error as Error;
    // In az's own words, or in the advice that a ToolError adds.
    const isLoggedOut = /az login/.test(message);
    return problem('az', undefined, isLoggedOut ? 'is not logged in; az login' : `does not work: ${message}`);
  }
}

/** Terraform asks for the providers' keys in every run, and nobody could answer it. */
function missingVariables({ env }: Step, { secrets }: Environment): Problem[] {
  return secrets
    .filter(({ origin }) => origin === 'variable')
    .map(({ name }) => ({ secret: name, variable: `TF_VAR_${terraformNameOf(name)}` }))
    .filter(({ variable }) => !env[variable])
    .map(({ secret, variable }) => ({
      where: variable,
      path: '',
      message: `is not set; it is the value of the secret ${secret}: export ${variable}=…`,
    }));
}

function problem(where: string, given: string | undefined, message: string): Trouble {
  return { problems: [{ where, path: '', given, message }] };
}
