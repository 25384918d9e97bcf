import { oldestKubectl, oldestTerraform } from '../contract/tool-versions';

const terraform = oldestTerraform.join('.');

/** How to get the tools that the commands run, by what they are called. */
export const INSTALL_HELP = {
  terraform: `install Terraform ≥ ${terraform} (https://developer.hashicorp.com/terraform/install) or OpenTofu ≥ ${terraform} (https://opentofu.org/docs/intro/install), on the PATH`,
  kubectl: `install kubectl ≥ ${oldestKubectl.join('.')} on the PATH: az aks install-cli`,
  kubelogin: 'install kubelogin on the PATH: az aks install-cli',
  az: 'install the Azure CLI on the PATH: https://learn.microsoft.com/cli/azure/install-azure-cli',
} as const;

/** The same for any tool, which may be one that needs no word. */
export function missingTool(program: string): string {
  const help = Object.hasOwn(INSTALL_HELP, program) ? INSTALL_HELP[program as keyof typeof INSTALL_HELP] : '';
  return `${program} is missing${help && `; ${help}`}`;
}
