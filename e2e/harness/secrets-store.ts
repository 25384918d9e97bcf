import { parse } from 'yaml';
import type { Secret } from '../../config/secrets';
import type { SecretProviderClass } from './manifests';

/** Secrets by name, as in Key Vault or in a Secret's data. */
export type SecretData = Readonly<Record<string, string>>;

/** The vault's secrets that a SecretProviderClass names. */
export function secretNames({ spec }: SecretProviderClass): string[] {
  const { array } = parse(spec.parameters.objects) as { array: string[] };
  return array.map(entry => (parse(entry) as { objectName: string }).objectName);
}

/** What the CSI driver mounts for a SecretProviderClass: the vault's secrets that it names, and no other. */
export function mountedSecrets(provider: SecretProviderClass, vault: SecretData): SecretData {
  return Object.fromEntries(secretNames(provider).map(name => [name, find(vault, name, 'the vault')]));
}

/** The Secrets that the driver mirrors the mounted ones into. */
export function mirroredSecrets(
  provider: SecretProviderClass,
  vault: SecretData,
): ReadonlyMap<string, SecretData> {
  const mounted = mountedSecrets(provider, vault);
  return new Map(
    provider.spec.secretObjects.map(({ secretName, data }) => [
      secretName,
      Object.fromEntries(data.map(({ key, objectName }) => [key, find(mounted, objectName, 'the mount')])),
    ]),
  );
}

/** One of the gateway's own, as it stands in the vault. */
export function secretOf(vault: SecretData, { name }: Secret): string {
  return find(vault, name, 'the vault');
}

function find(secrets: SecretData, name: string, where: string): string {
  const value = secrets[name];
  if (value === undefined) throw new Error(`${where} has no secret ${name}`);
  return value;
}
