import { KeyVaultSecret } from '@cdktf/provider-azurerm/lib/key-vault-secret';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { Secret } from '../config/secrets';
import { ephemeralPassword, ephemeralSecret, ephemeralVariable } from './ephemeral';
import type { KeyVault } from './key-vault';

/** A secret as another resource may take it: never stored, and pushed again only when its version changes. */
export interface WriteOnlySecret {
  /** A reference to an ephemeral value. */
  readonly value: string;
  readonly version: number;
}

export interface SecretsProps {
  readonly secrets: readonly Secret[];
  /** Raised to write every secret anew, but for those that must not change. */
  readonly revision: number;
  readonly vault: KeyVault;
  /** References to the keys that the services make themselves; state holds these, because the provider exports them. */
  readonly serviceKeys: Readonly<Record<'redis' | 'azure-openai', string>>;
  readonly deletionProtection: boolean;
}

/** Writes the gateway's secrets to Key Vault by write-only arguments: neither JSON nor plan nor state holds one of ours. */
export class Secrets extends Construct {
  private readonly stack = TerraformStack.of(this);
  private readonly stored = new Map<string, KeyVaultSecret>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: SecretsProps,
  ) {
    super(scope, id);
    for (const secret of props.secrets) {
      const stored = new KeyVaultSecret(this, secret.name, {
        name: secret.name,
        keyVaultId: props.vault.id,
        valueWo: this.sourceOf(secret),
        valueWoVersion: secret.rotates ? props.revision : 1,
        // Replacing what must not change would lose what it encrypts.
        lifecycle: { preventDestroy: props.deletionProtection && !secret.rotates },
        dependsOn: props.vault.ready,
      });
      this.stored.set(secret.name, stored);
    }
  }

  /**
   * A secret read back from the vault, so that a service never gets another value than the vault holds: an ephemeral
   * value is new in every run, and a run may end between the two writes.
   */
  read(name: string): WriteOnlySecret {
    const secret = this.stored.get(name);
    if (!secret)
      throw new Error(`No secret "${name}": config/secrets.ts does not list it for this environment.`);
    return { value: ephemeralSecret(this.stack, secret), version: this.props.revision };
  }

  private sourceOf({ name, origin, prefix = '' }: Secret): string {
    switch (origin) {
      case 'generated':
        return prefix + ephemeralPassword(this.stack, name);
      case 'variable':
        return ephemeralVariable(this.stack, name);
      default:
        return this.props.serviceKeys[origin];
    }
  }
}
