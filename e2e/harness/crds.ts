import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command';
import { projectFolder } from './project';

const sources = join(projectFolder, 'e2e/crds');

/** Written here, after the documentation of projects whose own definitions are in no package registry. */
const ours = ['secret-provider-class.yaml', 'policy.yaml', 'nginx-ingress-controller.yaml'];

/** Where each project keeps its own, in the module that carries them. */
const theirs = {
  'github.com/cert-manager/cert-manager': [
    'deploy/crds/cert-manager.io_issuers.yaml',
    'deploy/crds/cert-manager.io_certificates.yaml',
  ],
  'github.com/traefik/traefik-helm-chart': [
    'traefik/crds/traefik.io_ingressroutes.yaml',
    'traefik/crds/traefik.io_ingressroutetcps.yaml',
    'traefik/crds/traefik.io_ingressrouteudps.yaml',
    'traefik/crds/traefik.io_middlewares.yaml',
    'traefik/crds/traefik.io_middlewaretcps.yaml',
    'traefik/crds/traefik.io_serverstransports.yaml',
    'traefik/crds/traefik.io_serverstransporttcps.yaml',
    'traefik/crds/traefik.io_tlsoptions.yaml',
    'traefik/crds/traefik.io_tlsstores.yaml',
    'traefik/crds/traefik.io_traefikservices.yaml',
  ],
  'sigs.k8s.io/gateway-api': [
    'config/crd/standard/gateway.networking.k8s.io_gatewayclasses.yaml',
    'config/crd/standard/gateway.networking.k8s.io_gateways.yaml',
    'config/crd/standard/gateway.networking.k8s.io_httproutes.yaml',
    'config/crd/standard/gateway.networking.k8s.io_referencegrants.yaml',
  ],
} as const;

type Module = keyof typeof theirs;

/** Definitions of the kinds that are not Kubernetes' own: a cluster has them before anything is applied. */
export function prepareCrds(): string[] {
  const files = Object.entries(theirs).flatMap(([module, paths]) => {
    const folder = moduleFolder(module as Module);
    return paths.map(path => join(folder, path));
  });
  return [...ours.map(file => join(sources, file)), ...files];
}

/** Where Go unpacks a module, once its content is known to be the locked one. Asks the network the first time only. */
export function moduleFolder(module: Module): string {
  const answer = command('go', ['mod', 'download', '-C', sources, '-json', module]);
  const { Dir } = JSON.parse(answer) as { Dir: string };
  if (!existsSync(Dir)) throw new Error(`Go did not unpack ${module} into ${Dir}`);
  return Dir;
}
