import type { Environment } from '../config/environment';
import { Azure } from './azure';
import type { Step } from './step';

/** Purges what Azure keeps of deleted resources, so that their names are free at once. */
export async function purgeDeleted(
  step: Step,
  environment: Environment,
  subscription: string,
): Promise<void> {
  const { names, location, keyVault, azureOpenAi } = environment;
  const azure = new Azure(step, subscription);
  const purged = async (name: string, isKept: Promise<boolean>, purge: () => Promise<void>) => {
    if (!(await isKept)) return step.note(`${name}: nothing is kept`);
    await purge();
    step.note(`${name} is purged`);
  };
  if (keyVault.purgeProtection) {
    step.note(
      `${names.keyVault} keeps its name for ${keyVault.softDeleteRetentionDays} days: purge protection`,
    );
  } else {
    await purged(names.keyVault, azure.deletedVault(names.keyVault), () =>
      azure.purgeVault(names.keyVault, location),
    );
  }
  if (azureOpenAi) {
    await purged(names.azureOpenAi, azure.deletedAccount(names.azureOpenAi), () =>
      azure.purgeAccount(names.azureOpenAi, names.resourceGroup, location),
    );
  }
}
