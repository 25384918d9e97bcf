import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { command } from './command';
import { announce, cacheFolder, projectFolder } from './project';

/** The first Go that fetches by itself the newer one that a go.mod asks for. */
const OLDEST_MINOR = 21;

/** What Kubernetes' own code is built into, all of one version, which no package of a distribution has. */
interface GoTools {
  readonly kubeApiServer: string;
  readonly kubectl: string;
}

/** The line that says what to install, if there is no Go that can build the tools. */
export function missingGo(): string[] {
  const version = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' }).stdout ?? '';
  const minor = Number(/^go1\.(\d+)/.exec(version)?.[1] ?? 0);
  return minor >= OLDEST_MINOR
    ? []
    : [`Go 1.${OLDEST_MINOR} or newer is missing: install it from https://go.dev/dl, on the PATH`];
}

/** The API server that the manifests are applied to, and the kubectl that belongs to it. */
export function prepareGoTools(): GoTools {
  const folder = buildOnce('apiserver', {
    packages: ['k8s.io/kubernetes/cmd/kube-apiserver', 'k8s.io/kubernetes/cmd/kubectl'],
    // What the server says of itself; its own build scripts set it in the same way.
    version: { of: 'k8s.io/kubernetes', variable: 'k8s.io/component-base/version.gitVersion' },
  });
  return { kubeApiServer: join(folder, 'kube-apiserver'), kubectl: join(folder, 'kubectl') };
}

/** CoreDNS with all its plugins, as AKS runs it. */
export function prepareCoreDns(): string {
  return join(buildOnce('coredns', { packages: ['github.com/coredns/coredns'] }), 'coredns');
}

/** Cyclonus, which simulates and fuzzes NetworkPolicies. */
export function prepareCyclonus(): string {
  return join(
    buildOnce('netpol', { packages: ['github.com/mattfenwick/cyclonus/cmd/cyclonus'] }),
    'cyclonus',
  );
}

/** OpenTofu, which is in a package registry, as Terraform is not. */
export function prepareOpenTofu(): string {
  return join(buildOnce('opentofu', { packages: ['github.com/opentofu/opentofu/cmd/tofu'] }), 'tofu');
}

interface Build {
  readonly packages: readonly string[];
  /** The variable that is to hold the version of this module. */
  readonly version?: { readonly of: string; readonly variable: string };
}

/** The folder of what was built of the locked module e2e/<name>, by this checkout or another one. */
function buildOnce(name: string, { packages, version }: Build): string {
  const sources = join(projectFolder, 'e2e', name);
  const hash = createHash('sha256');
  for (const lock of ['go.mod', 'go.sum']) hash.update(readFileSync(join(sources, lock)));
  const folder = join(cacheFolder, `${name}-${hash.digest('hex').slice(0, 12)}`);
  if (!existsSync(join(folder, 'complete'))) {
    announce(`builds ${packages.map(path => basename(path)).join(' and ')} into ${folder} (minutes, once)`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const flags = [
      '-s -w',
      ...(version ? [`-X ${version.variable}=${lockedVersion(sources, version.of)}`] : []),
    ];
    const options = ['-mod=readonly', '-trimpath', '-ldflags', flags.join(' '), '-o', `${folder}/`];
    command('go', ['build', '-C', sources, ...options, ...packages]);
    writeFileSync(join(folder, 'complete'), '');
  }
  return folder;
}

function lockedVersion(sources: string, module: string): string {
  return command('go', ['list', '-C', sources, '-m', '-f', '{{.Version}}', module]).trim();
}
