import type { Environment } from '../config/environment';
import { masterKey, saltKey } from '../config/secrets';
import { workload } from '../contract/workload';

/** What nobody can bring back, and what Azure keeps for a while: read before the name is typed. */
export function losses(environment: Environment, purge: boolean): string[] {
  const { names, host, keyVault, postgres } = environment;
  const days = keyVault.softDeleteRetentionDays;
  // Terraform purges a vault that it may purge: constructs/providers.ts.
  const vaultIsKept = keyVault.purgeProtection;
  return [
    `database ${workload.database} on ${names.postgres}, with its backups (${postgres.backupRetentionDays} days): virtual keys, teams, users, budgets, spend, and credentials stored in the UI. --export-database <file> keeps the rows.`,
    `${saltKey.name} in ${names.keyVault}: without it, nobody can read the credentials in an exported database. Copy it first: az keyvault secret show --vault-name ${names.keyVault} --name ${saltKey.name} --query value --output tsv`,
    `${masterKey.name} and the virtual keys of all clients: https://${host} stops.`,
    `the certificate of ${host}; Let's Encrypt issues five of one name in a week.`,
    vaultIsKept
      ? `the name ${names.keyVault} stays taken for ${days} days, with the secrets in it: purge protection, which nobody can switch off${purge ? ', and --purge neither' : ''}.`
      : `${names.keyVault} is purged: its secrets cannot be recovered.`,
  ];
}
