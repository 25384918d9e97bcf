import { adviceFor } from '../../lifecycle/advice';

test.each([
  [
    'an account of Azure OpenAI that is still changing',
    'unexpected status 400 (400 Bad Request) with error: AccountProvisioningStateInvalid: Call to Microsoft.CognitiveServices/accounts failed. Error message: Account /subscriptions/…/accounts/oai-llm-dev in state Accepted',
    'run this again',
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
