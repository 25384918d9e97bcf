import type { Environment } from '../config/environment';
import { privateAddress } from '../contract/load-balancer';
import { type Env, runTool } from './tool';

/** The address that the gateway's name has to lead to, or why it is not known. An internal one follows from the file. */
export async function reservedAddress(
  environment: Environment,
  env: Env,
  signal: AbortSignal,
): Promise<{ address: string } | { noAddress: string }> {
  if (environment.ingress.exposure === 'internal') return { address: privateAddress(environment) };
  const { names, subscriptionId } = environment;
  const { resourceGroup, ingressAddress } = names;
  const where = ['--resource-group', resourceGroup, '--name', ingressAddress];
  const subscription = subscriptionId ? ['--subscription', subscriptionId] : [];
  const args = [
    'network',
    'public-ip',
    'show',
    ...where,
    ...subscription,
    '--query',
    'ipAddress',
    '-o',
    'tsv',
  ];
  const { stdout, problem, missing } = await runTool('az', args, { env, signal });
  if (stdout) return { address: stdout };
  const reason = missing ? 'az is not installed' : (problem?.split('\n')[0] ?? 'no address is assigned');
  return { noAddress: `the address of ${ingressAddress} is not known: ${reason}; name it with --address` };
}
