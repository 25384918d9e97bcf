import type { Environment } from '../config/environment';
import { type Env, runTool } from './tool';

/** The address that Terraform reserved for the gateway, or why it is not known. */
export async function reservedAddress(
  { names, subscriptionId }: Environment,
  env: Env,
  signal: AbortSignal,
): Promise<{ address: string } | { noAddress: string }> {
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
