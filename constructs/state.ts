import { AzurermBackend, LocalBackend, type TerraformStack } from 'cdktf';
import type { TerraformState } from '../config/terraform';

/** Where Terraform keeps the state of a stack. */
export function configureState(stack: TerraformStack, environment: string, state: TerraformState): void {
  if (state.backend === 'local') {
    // Relative to dist/terraform/stacks/<environment>, where Terraform runs, so that the bytes depend on no checkout;
    // outside dist, which may be deleted and made again.
    new LocalBackend(stack, { path: `../../../../terraform.${environment}.tfstate` });
  } else {
    new AzurermBackend(stack, {
      resourceGroupName: state.resourceGroup,
      storageAccountName: state.storageAccount,
      containerName: state.container,
      key: `${environment}.tfstate`,
      useAzureadAuth: true,
    });
  }
}
