import { type Construct, RootConstruct } from 'constructs';
import type { Environment } from '../config/environment';
import type { ControllerName } from '../config/ingress-controllers';
import { certManager } from '../contract/cert-manager';
import { stackNames } from '../contract/stacks';
import { certManagerValues } from './cert-manager-values';
import { EnvironmentStack } from './environment-stack';
import { helmCharts } from './helm-charts';
import { configureHelm } from './helm-provider';
import { type HelmReleaseProps, installChart } from './helm-release';
import { nginxValues } from './nginx-values';
import { configureState, readState } from './state';
import { traefikValues } from './traefik-values';

type Controller = (environment: Environment) => Pick<HelmReleaseProps, 'chart' | 'values'> | undefined;

/** What installs each controller; AKS installs its own. */
const controllers: Record<ControllerName, Controller> = {
  nginx: environment => ({ chart: helmCharts.nginx, values: nginxValues(environment) }),
  traefik: environment => ({ chart: helmCharts.traefik, values: traefikValues(environment) }),
  'application-routing': () => undefined,
  'gateway-api': () => undefined,
};

/**
 * What the cluster needs before the manifests: cert-manager and the ingress controller. A stack of its own, because the
 * Helm provider needs a cluster to plan, which the environment's stack only makes.
 */
export class AddonsStack extends EnvironmentStack {
  constructor(environment: Environment, scope: Construct = new RootConstruct()) {
    const [cloud, addons] = stackNames(environment.name);
    super(scope, addons);
    const { terraform, ingress } = environment;

    configureState(this, addons, terraform);
    configureHelm(this, readState(this, 'environment', cloud, terraform));
    installChart(this, 'cert-manager', {
      chart: helmCharts.certManager,
      namespace: certManager.namespace,
      values: certManagerValues(environment),
    });
    const controller = controllers[ingress.controller](environment);
    if (controller) installChart(this, 'ingress', { ...controller, namespace: ingress.namespace });
  }
}
