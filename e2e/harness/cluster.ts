import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { databasePassword, redisPassword } from '../../config/secrets';
import { workload } from '../../contract/workload';
import { type Certificates, issueCertificates } from './certificates';
import { buildImage, type Image } from './image';
import { configYaml, type Manifests } from './manifests';
import { createNetwork } from './network';
import { type PostgresOwner, startPostgres } from './postgres';
import { preparePrisma } from './prisma';
import { announce, runFolder } from './project';
import { requirePassword, startRedis } from './redis';
import { type SecretData, secretNames, secretOf } from './secrets-store';
import { findPostgres, findPython } from './tools';
import { prepareVenv } from './venv';

const stateFile = join(runFolder, 'cluster.json');

/** What the test files share. Plain data: every file has its own copy of the modules. */
export interface Cluster {
  readonly certificates: Certificates;
  readonly image: Image;
  readonly manifests: Manifests;
  /** The secrets of the environment's Key Vault. */
  readonly vault: SecretData;
}

/** How the services know the gateway. */
interface Logins {
  readonly redis: readonly string[];
  readonly postgres: PostgresOwner;
}

/** Prepares what pods need besides their manifests: network, certificates, Redis and PostgreSQL. */
export async function startCluster(
  manifests: Manifests,
  logins: (vault: SecretData) => Logins = withPasswords,
): Promise<Cluster> {
  const python = findPython();
  const postgres = findPostgres();
  if ('missing' in python || 'missing' in postgres) throw new Error('run through npm run test:e2e');
  const vault = vaultFor(manifests);
  const login = logins(vault);
  const hosts = hostsOf(manifests);
  const venv = prepareVenv(python.python);
  const certificates = issueCertificates(join(runFolder, 'certificates'), hosts);
  const image = buildImage({
    folder: join(runFolder, 'image'),
    venv,
    prisma: preparePrisma(venv),
    certificates,
    hosts,
  });

  createNetwork();
  announce(`serves, to pods only: ${hosts.join(', ')}`);
  await startRedis(certificates, login.redis);
  await startPostgres(postgres.folder, certificates, login.postgres);

  const cluster = { certificates, image, manifests, vault };
  writeFileSync(stateFile, JSON.stringify(cluster));
  return cluster;
}

function withPasswords(vault: SecretData): Logins {
  return {
    redis: requirePassword(secretOf(vault, redisPassword)),
    postgres: { user: workload.databaseUser, password: secretOf(vault, databasePassword) },
  };
}

/** The cluster that the run started. */
export function theCluster(): Cluster {
  return JSON.parse(readFileSync(stateFile, 'utf8'));
}

/** Every host that the rendered environment names, outside the cluster. */
function hostsOf(manifests: Manifests): string[] {
  const [container] = manifests.deployment.spec.template.spec.containers;
  const values = [configYaml(manifests), ...container.env.map(({ value = '' }) => value)].join('\n');
  const urls = [...values.matchAll(/[a-z]+:\/\/(?:[^@/\s]+@)?([a-z0-9.-]+)/g)].map(([, host]) => host ?? '');
  const names = container.env.flatMap(({ name, value }) =>
    // A host, or a URL, whose host is found above.
    name.endsWith('_HOST') && value && !value.includes('/') ? [value] : [],
  );
  const self = container.env.find(({ name }) => name === 'PROXY_BASE_URL')?.value ?? '';
  return [...new Set([...urls, ...names])].filter(host => !self.endsWith(`/${host}`)).sort();
}

/** A made-up value for every secret that the environment needs, different for each. */
function vaultFor({ secretProviderClasses }: Manifests): SecretData {
  const names = secretProviderClasses.flatMap(secretNames);
  // Letters and digits only, as Terraform generates the database's; LiteLLM wants its keys to start with sk-.
  return Object.fromEntries(
    names.map(name => [
      name,
      name.startsWith('litellm-') ? `sk-e2e-${name}` : `e2e${name.replaceAll('-', '')}`,
    ]),
  );
}
