import {
  AzurermBackend,
  DataTerraformRemoteStateAzurerm,
  DataTerraformRemoteStateLocal,
  LocalBackend,
  type TerraformRemoteState,
  type TerraformStack,
} from 'cdktf';
import type { TerraformState } from '../config/terraform';

/** Where Terraform keeps the state of a stack. */
export function configureState(stack: TerraformStack, name: string, state: TerraformState): void {
  if (state.backend === 'local') new LocalBackend(stack, { path: localPath(name) });
  else new AzurermBackend(stack, blob(name, state));
}

/** What another stack published there. */
export function readState(
  stack: TerraformStack,
  id: string,
  name: string,
  state: TerraformState,
): TerraformRemoteState {
  return state.backend === 'local'
    ? new DataTerraformRemoteStateLocal(stack, id, { path: localPath(name) })
    : new DataTerraformRemoteStateAzurerm(stack, id, blob(name, state));
}

/**
 * Relative to dist/terraform/stacks/<name>, where Terraform runs, so that the bytes depend on no checkout; outside dist,
 * which may be deleted and made again.
 */
function localPath(name: string): string {
  return `../../../../terraform.${name}.tfstate`;
}

function blob(name: string, state: Extract<TerraformState, { backend: 'azurerm' }>) {
  return {
    resourceGroupName: state.resourceGroup,
    storageAccountName: state.storageAccount,
    containerName: state.container,
    key: `${name}.tfstate`,
    useAzureadAuth: true,
  };
}
