import type { Environment } from '../config/environment';
import type { ControllerName } from '../config/ingress-controllers';
import type { Outputs } from '../contract/outputs';
import { apiGateway } from './gateway-api';
import { minion } from './nginx-ingress';
import { priorityClassName } from './priority-class';

/** The pod that answers: on a full cluster the certificate would end otherwise, waiting behind work that can wait. */
const podTemplate = { spec: { priorityClassName } };

type Ingress = Environment['ingress'];

/**
 * How cert-manager shows Let's Encrypt an answer under the gateway's name: by an object of its own, never by editing one
 * of ours, whose next apply would then conflict.
 */
const http01: Record<ControllerName, (ingress: Ingress) => object> = {
  nginx: ({ className }) => ({
    ingress: {
      ingressClassName: className,
      serviceType: 'ClusterIP',
      podTemplate,
      ingressTemplate: { metadata: { annotations: minion } },
    },
  }),
  traefik: ownIngress,
  'application-routing': ownIngress,
  'gateway-api': ({ namespace }) => ({
    gatewayHTTPRoute: {
      serviceType: 'ClusterIP',
      podTemplate,
      parentRefs: [
        {
          group: 'gateway.networking.k8s.io',
          kind: 'Gateway',
          name: apiGateway.name,
          namespace,
          sectionName: apiGateway.http,
        },
      ],
    },
  }),
};

function ownIngress({ className }: Ingress): object {
  return { ingress: { ingressClassName: className, serviceType: 'ClusterIP', podTemplate } };
}

/** The one solver of the gateway's Issuer. */
export function acmeSolver(environment: Environment, outputs: Outputs): object {
  const { ingress } = environment;
  return ingress.acme.solver === 'http01'
    ? { http01: http01[ingress.controller](ingress) }
    : { dns01: { azureDNS: azureDns(environment, outputs) } };
}

/** cert-manager's identity writes the proof; no key is needed, and no address has to answer. */
function azureDns({ subscriptionId, ingress }: Environment, outputs: Outputs): object {
  return {
    environment: 'AzurePublicCloud',
    subscriptionID: subscriptionId,
    resourceGroupName: ingress.dnsZone?.resourceGroup,
    hostedZoneName: ingress.dnsZone?.name,
    managedIdentity: { clientID: outputs.cert_manager_client_id },
  };
}
