import { TerraformOutput, type TerraformStack } from 'cdktf';
import type { Outputs } from '../contract/outputs';

/** Publishes what Azure invented, for `cdktf deploy --outputs-file` to write and the charts to read. */
export function publishOutputs(stack: TerraformStack, outputs: Outputs): void {
  for (const [name, value] of Object.entries(outputs)) {
    new TerraformOutput(stack, name, { value, staticId: true });
  }
}
