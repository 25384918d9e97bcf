import type { Environment } from '../config/environment';
import { firstFree } from '../config/ingress-rules';

const azure = (name: string) => `service.beta.kubernetes.io/azure-${name}`;

/**
 * How a Service of type LoadBalancer takes the address that Terraform and DNS name. Who makes the Service depends on the
 * controller: Helm, AKS's operator or Istio; the annotations are the same.
 */
export function loadBalancerAnnotations(environment: Environment): Record<string, string> {
  const { names, ingress } = environment;
  if (ingress.exposure === 'internal') {
    return {
      [azure('load-balancer-internal')]: 'true',
      [azure('load-balancer-internal-subnet')]: ingressSubnet,
      [azure('load-balancer-ipv4')]: privateAddress(environment),
    };
  }
  return {
    [azure('load-balancer-resource-group')]: names.resourceGroup,
    [azure('pip-name')]: names.ingressAddress,
  };
}

/** Name of the internal load balancer's subnet. */
export const ingressSubnet = 'snet-ingress';

/** The address of an internal gateway. */
export function privateAddress({ ingress, network }: Environment): string {
  return ingress.privateAddress ?? firstFree(network.subnets.ingress);
}
