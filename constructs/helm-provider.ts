import { HelmProvider } from '@cdktf/provider-helm/lib/provider';
import { Fn, type TerraformRemoteState, type TerraformStack } from 'cdktf';
import { clusterAccess } from '../contract/stacks';
import { TERRAFORM_VERSION } from './providers';

/** The version that the bindings are typed for. */
const HELM_VERSION = '3.1.1';

/** The application that every AKS cluster with Entra is to Entra: whom a token is for. */
const AKS_SERVER_ID = '6dae42f8-4368-4678-94ff-3960e28e3630';

/**
 * Logs in as kubectl does: kubelogin fetches a token for whoever runs Terraform, in memory and for this run. By default
 * it asks `az login`; AAD_LOGIN_METHOD names another way (kubelogin's docs), such as `workloadidentity` in a pipeline.
 */
const LOGIN = ['get-token', '--login', 'azurecli', '--server-id', AKS_SERVER_ID];

/**
 * Where Helm installs. State keeps the releases and, from the environment's own, the API server's host and certificate
 * authority; no kubeconfig, no client certificate and no token.
 */
export function configureHelm(stack: TerraformStack, environment: TerraformRemoteState): void {
  new HelmProvider(stack, 'helm', {
    kubernetes: {
      host: environment.getString(clusterAccess.host),
      clusterCaCertificate: Fn.base64decode(environment.getString(clusterAccess.certificateAuthority)),
      exec: { apiVersion: 'client.authentication.k8s.io/v1beta1', command: 'kubelogin', args: LOGIN },
    },
  });
  stack.addOverride('terraform.required_version', TERRAFORM_VERSION);
  stack.addOverride('terraform.required_providers.helm', { source: 'hashicorp/helm', version: HELM_VERSION });
}
