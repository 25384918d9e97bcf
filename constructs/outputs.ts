import { TerraformOutput, type TerraformStack } from 'cdktf';
import type { Outputs } from '../contract/outputs';
import { clusterAccess } from '../contract/stacks';
import type { Cluster } from './cluster';

/** Publishes what Azure invented, for `cdktf deploy --outputs-file` to write and the charts to read. */
export function publishOutputs(stack: TerraformStack, outputs: Outputs): void {
  for (const [name, value] of Object.entries(outputs)) {
    if (value !== undefined) new TerraformOutput(stack, name, { value, staticId: true });
  }
}

/** Publishes, for the add-ons' stack, where the API server is and how to trust it. */
export function publishClusterAccess(stack: TerraformStack, cluster: Cluster): void {
  const { host, certificateAuthority } = clusterAccess;
  const publish = (name: string, value: string) =>
    new TerraformOutput(stack, name, { value, staticId: true, sensitive: true });
  publish(host, cluster.host);
  publish(certificateAuthority, cluster.certificateAuthority);
}
