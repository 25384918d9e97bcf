import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Certificates } from './certificates';
import { folder as makeFolder, mount } from './mounts';
import { servicesAddress } from './network';
import type { Prisma } from './prisma';
import type { Venv } from './venv';

/**
 * What stands in for the container image: LiteLLM from PyPI in the version of the image's tag, on this machine's
 * libraries, and Prisma's engine. Everything that the real image sets (its user, folder, entry point and variables) is
 * set here, so that the manifest alone decides about the rest.
 */
export interface Image {
  /** Arguments for bwrap that lay out its file system. */
  readonly layers: readonly string[];
  readonly entrypoint: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly workingFolder: string;
  /** Where it keeps LiteLLM's migrations. */
  readonly migrations: string;
  /** `nobody`, in group 0. */
  readonly user: number;
  readonly group: number;
}

export interface ImageProps {
  readonly folder: string;
  readonly venv: Venv;
  readonly prisma: Prisma;
  readonly certificates: Certificates;
  /** Resolve to the tests' own servers. */
  readonly hosts: readonly string[];
}

export function buildImage({ folder, venv, prisma, certificates, hosts }: ImageProps): Image {
  const { bundle, trustFolder } = certificates;
  const nodeHome = dirname(dirname(process.execPath));
  mkdirSync(folder, { recursive: true });
  const etc = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return mount('--ro-bind', join(folder, name), `/etc/${name}`);
  };
  return {
    layers: [
      ...mount('--ro-bind', '/usr'),
      ...['bin', 'sbin', 'lib', 'lib64'].flatMap(name => ['--symlink', `usr/${name}`, `/${name}`]),
      ...['ld.so.cache', 'nsswitch.conf', 'mime.types', 'os-release'].flatMap(name =>
        mount('--ro-bind-try', `/etc/${name}`),
      ),
      ...etc(
        'hosts',
        ['127.0.0.1 localhost', ...hosts.map(host => `${servicesAddress} ${host}`), ''].join('\n'),
      ),
      ...etc('passwd', 'root:x:0:0::/root:/sbin/nologin\nnobody:x:65534:65534::/nonexistent:/sbin/nologin\n'),
      // Without a name server every other name fails at once.
      ...etc('resolv.conf', ''),
      ...[nodeHome, venv.pythonHome, venv.folder, prisma.folder]
        .filter(path => !`${path}/`.startsWith('/usr/'))
        .flatMap(path => mount('--ro-bind', path)),
      // What Python's OpenSSL trusts, and what LiteLLM's HTTP clients trust.
      ...mount('--ro-bind', trustFolder, '/etc/ssl/certs'),
      ...mount('--ro-bind', bundle, '/etc/ssl/cert.pem'),
      ...mount('--ro-bind', bundle, join(venv.sitePackages, 'certifi/cacert.pem')),
      ...makeFolder('/app'),
    ],
    entrypoint: [join(venv.folder, 'bin/litellm')],
    env: {
      // The stand-in for Prisma's command line comes before the client's own, which would download the real one.
      PATH: [prisma.folder, join(venv.folder, 'bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(
        delimiter,
      ),
      HOME: '/app',
      PRISMA_QUERY_ENGINE_BINARY: prisma.queryEngine,
      PRISMA_OFFLINE_MODE: 'true',
    },
    workingFolder: '/app',
    migrations: join(venv.sitePackages, 'litellm_proxy_extras/migrations'),
    user: 65534,
    group: 0,
  };
}
