/** How to get the tools that the commands run, by what they are called. */
export const INSTALL_HELP = {
  terraform:
    'install Terraform ≥ 1.11 (https://developer.hashicorp.com/terraform/install) or OpenTofu ≥ 1.11 (https://opentofu.org/docs/intro/install), on the PATH',
  kubectl: 'install kubectl ≥ 1.28 on the PATH: az aks install-cli',
  kubelogin: 'install kubelogin on the PATH: az aks install-cli',
  az: 'install the Azure CLI on the PATH: https://learn.microsoft.com/cli/azure/install-azure-cli',
} as const;

/** The same for any tool, which may be one that needs no word. */
export function missingTool(program: string): string {
  const help = Object.hasOwn(INSTALL_HELP, program) ? INSTALL_HELP[program as keyof typeof INSTALL_HELP] : '';
  return `${program} is missing${help && `; ${help}`}`;
}
