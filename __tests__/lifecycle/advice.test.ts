import { adviceFor } from '../../lifecycle/advice';

test.each([
  [
    'an account of Azure OpenAI that is still changing',
    'unexpected status 400 (400 Bad Request) with error: AccountProvisioningStateInvalid: Call to Microsoft.CognitiveServices/accounts failed. Error message: Account /subscriptions/…/accounts/oai-llm-dev in state Accepted',
    'run this again',
  ],
  [
    'a login that the API server does not take any more',
    'error: You must be logged in to the server (Unauthorized)',
    'az login',
  ],
  [
    'a database server that is still changing',
    'polling failed: the Azure API returned the following error: Status: "ServerIsBusy" Message: "Cannot complete operation while server is busy processing another operation. Try again later."',
    'run this again',
  ],
  [
    'a role that the vault does not honour yet',
    'keyvault.BaseClient#GetSecret: Failure responding to request: StatusCode=403 -- Original Error: autorest/azure: Service returned an error. Status=403 Code="Forbidden" Message="Caller is not authorized to perform action on resource." InnerError={"code":"ForbiddenByRbac"}',
    'wait, and run this again',
  ],
  [
    'a state that the login may not read',
    'Error: Failed to get existing workspaces: listing blobs: executing request: unexpected status 403 (403 This request is not authorized to perform this operation using this permission.) with AuthorizationPermissionMismatch',
    'Storage Blob Data Contributor',
  ],
  [
    'a service that the subscription does not know',
    "MissingSubscriptionRegistration: The subscription is not registered to use namespace 'Microsoft.Cache'. See https://aka.ms/rps-not-found",
    'az provider register',
  ],
  [
    'a role that AKS does not see yet',
    'Code="ResourceMissingPermissionError" Message="The cluster using user-assigned managed identity must be granted Network Contributor on the subnet"',
    'run this again',
  ],
  [
    'an account of Azure OpenAI that was deleted',
    'unexpected status 409 with error: FlagMustBeSetForRestore: An existing resource with ID "…" has been soft-deleted.',
    'az cognitiveservices account purge',
  ],
  [
    'a vault behind a link without a peering',
    'keyvault.BaseClient#GetSecret: Failure sending request: StatusCode=0 -- Original Error: Get "https://kv-llm-prod.vault.azure.net/secrets/x?api-version=7.4": dial tcp 10.30.2.5:443: i/o timeout',
    'not peered',
  ],
  [
    'an API server that does not answer',
    'Get "https://aks-llm.hcp.eastus2.azmk8s.io/api": dial tcp 10.30.0.4:443: i/o timeout',
    'the API server does not answer',
  ],
  [
    'a VNet that has such a zone already',
    'BadRequest: A virtual network cannot be linked to multiple zones with overlapping namespaces. You tried to link virtual network with privatelink.vaultcore.azure.net and privatelink.vaultcore.azure.net zones.',
    'takes no second one',
  ],
])('%s is answered with what to do', (_what, said, advice) => {
  expect(adviceFor(`Error: creating\n\n  ${said}\n`)).toEqual([expect.stringContaining(advice)]);
});

test('an error that nobody knows is left as it is', () => {
  expect(adviceFor('Error: something else')).toEqual([]);
});
