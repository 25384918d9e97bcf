import type { Environment } from '../config/environment';
import { firstFree } from '../config/ingress-rules';
import { subnetName } from './subnets';

const azure = (name: string) => `service.beta.kubernetes.io/azure-${name}`;

/**
 * How a Service of type LoadBalancer takes the address that Terraform and DNS name, and whom it answers. Who makes the
 * Service depends on the controller: Helm, AKS's operator or Istio; the annotations are the same.
 */
export function loadBalancerAnnotations(environment: Environment): Record<string, string> {
  return { ...address(environment), ...patience(environment), ...clients(environment) };
}

/** Minutes that Azure's load balancer takes for a silent connection's time to live; it drops one after 4 by itself. */
const IDLE_MINUTES = { min: 4, max: 100 };

/** A model that thinks says nothing: the load balancer waits longer than the ingress controller behind it. */
function patience({ deadlines }: Environment): Record<string, string> {
  const minutes = Math.ceil(deadlines.ingressSeconds / 60) + 1;
  const { min, max } = IDLE_MINUTES;
  return { [azure('load-balancer-tcp-idle-timeout')]: String(Math.min(Math.max(minutes, min), max)) };
}

function address(environment: Environment): Record<string, string> {
  const { names, ingress } = environment;
  if (ingress.exposure === 'internal') {
    return {
      [azure('load-balancer-internal')]: 'true',
      [azure('load-balancer-internal-subnet')]: subnetName('ingress'),
      [azure('load-balancer-ipv4')]: privateAddress(environment),
    };
  }
  return {
    [azure('load-balancer-resource-group')]: names.resourceGroup,
    [azure('pip-name')]: names.ingressAddress,
  };
}

/** AKS writes both into its own security group, that of the nodes' network cards. */
function clients({ ingress: { allowedIpRanges } }: Environment): Record<string, string> {
  return allowedIpRanges.length > 0
    ? {
        [azure('allowed-ip-ranges')]: allowedIpRanges.join(','),
        // Security groups let in the VNet and its peers by default: an internal gateway's clients.
        [azure('deny-all-except-load-balancer-source-ranges')]: 'true',
      }
    : {};
}

/** The address of an internal gateway. */
export function privateAddress({ ingress, network }: Environment): string {
  return ingress.privateAddress ?? firstFree(network.subnets.ingress);
}
