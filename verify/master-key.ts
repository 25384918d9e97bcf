import { masterKey } from '../config/secrets';
import { CannotRun } from './cannot-run';
import { defaults } from './options';
import { type Env, runTool } from './tool';

/** A variable of the environment; a key has a hyphen in it, and is no name. */
const VARIABLE = /^[A-Za-z_]\w*$/;

export interface MasterKeyProps {
  readonly env: Env;
  /** Variable that holds it. */
  readonly variable: string;
  /** Key Vault to ask when the variable is not set. */
  readonly vault?: string;
  readonly signal: AbortSignal;
}

interface MasterKey {
  readonly key: string;
  /** Where it comes from, to be shown: not the key itself. */
  readonly source: string;
}

/** What the CLI says when it cannot read a secret, and what to do about it. */
const advice: readonly (readonly [RegExp, string])[] = [
  [/az login|AADSTS\d+|refresh token/i, 'the login is missing or has ended: az login'],
  [
    /ForbiddenByConnection|ForbiddenByFirewall|public network access is disabled|not authorized and caller is not a trusted service/i,
    'the vault does not answer this address: run this inside the network, or name the address in keyVault.allowedIpRanges',
  ],
  [/SecretNotFound/, 'the vault has no such secret: has the environment been deployed?'],
  [/Forbidden/, 'you may not read secrets of this vault: ask for the role Key Vault Secrets User'],
  [
    /Name or service not known|getaddrinfo|resolve host|NameResolution/i,
    'there is no such vault: has the environment been deployed?',
  ],
];

/**
 * The master key: from a variable, or else from the environment's Key Vault. Never from the command line, which every
 * process of the machine and the shell's history can read.
 * @throws CannotRun
 */
export async function findMasterKey({ env, variable, vault, signal }: MasterKeyProps): Promise<MasterKey> {
  if (!VARIABLE.test(variable)) {
    throw new CannotRun(
      `--master-key-env takes the name of a variable, not the key: export ${defaults.masterKeyEnv}=…, and leave the option out`,
    );
  }
  const key = env[variable]?.trim();
  if (key) return { key, source: `$${variable}` };
  if (!vault)
    throw new CannotRun(
      `no master key: export ${variable}=sk-…, or name another variable with --master-key-env`,
    );

  const args = [
    'keyvault',
    'secret',
    'show',
    '--vault-name',
    vault,
    '--name',
    masterKey.name,
    '--query',
    'value',
    '-o',
    'tsv',
  ];
  const { stdout, problem, missing } = await runTool('az', args, { env, signal });
  if (stdout) return { key: stdout, source: `${masterKey.name} in Key Vault ${vault}` };
  const otherwise = `Or export ${variable}=sk-…`;
  if (missing)
    throw new CannotRun(`no master key: ${variable} is not set, and az is not installed. ${otherwise}`);
  const said = problem?.split('\n')[0] ?? 'the answer was empty';
  const meaning = advice.find(([pattern]) => pattern.test(problem ?? ''))?.[1] ?? said;
  throw new CannotRun(
    `no master key: ${variable} is not set, and az could not read ${masterKey.name} of Key Vault ${vault}: ${meaning}. ${otherwise}`,
  );
}
