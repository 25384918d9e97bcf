import type { KeyVaultSecret } from '@cdktf/provider-azurerm/lib/key-vault-secret';
import { type TerraformStack, TerraformVariable } from 'cdktf';
import { terraformNameOf } from '../config/secret-name';

/** Letters and digits, because the value is also part of a URL: 48 of 62 are 285 bits. */
const PASSWORD = { length: 48, special: false };

/** A value that Terraform makes for the length of a run; cdktf 0.21 has no class for the block. */
export function ephemeralPassword(stack: TerraformStack, name: string): string {
  stack.addOverride(`ephemeral.random_password.${terraformNameOf(name)}`, PASSWORD);
  return `\${ephemeral.random_password.${terraformNameOf(name)}.result}`;
}

/** A value that whoever applies passes as TF_VAR_<name>, and that Terraform forgets after the run. */
export function ephemeralVariable(stack: TerraformStack, name: string): string {
  const variable = new TerraformVariable(stack, terraformNameOf(name), {
    type: 'string',
    description: `Key Vault secret ${name}; written when secretsRevision changes. Pass it as TF_VAR_${terraformNameOf(name)}.`,
    sensitive: true,
    nullable: false,
  });
  variable.addOverride('ephemeral', true);
  return variable.stringValue;
}

/**
 * What the vault holds now. The version is unknown until the secret is there, which makes Terraform wait with the read;
 * the name alone is known earlier (hashicorp/terraform-provider-azurerm#30609).
 */
export function ephemeralSecret(stack: TerraformStack, secret: KeyVaultSecret): string {
  const name = terraformNameOf(secret.node.id);
  stack.addOverride(`ephemeral.azurerm_key_vault_secret.${name}`, {
    name: secret.name,
    key_vault_id: secret.keyVaultId,
    version: secret.version,
  });
  return `\${ephemeral.azurerm_key_vault_secret.${name}.value}`;
}
