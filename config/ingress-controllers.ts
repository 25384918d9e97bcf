/** What follows from the choice of a controller, unless the environment file says otherwise. */
interface Controller {
  /** Name of its IngressClass, or GatewayClass. */
  readonly className: string;
  /** Where its pods run. */
  readonly namespace: string;
  /** Whether it logs every request, in NGINX's own format, without being told to. */
  readonly logsRequests: boolean;
}

/**
 * The ways in. kubernetes/ingress-nginx is not among them: archived in March 2026. The first two are installed by the
 * add-ons' stack, the others by AKS itself.
 */
export const controllers = {
  /** F5's NGINX Ingress Controller. */
  nginx: { className: 'nginx', namespace: 'ingress', logsRequests: true },
  traefik: { className: 'traefik', namespace: 'ingress', logsRequests: false },
  /** AKS's managed ingress-nginx, in AKS's own namespace. */
  'application-routing': { className: 'litellm', namespace: 'app-routing-system', logsRequests: true },
  /** AKS's managed Istio, which runs a Gateway's pods beside the Gateway. */
  'gateway-api': { className: 'approuting-istio', namespace: 'ingress', logsRequests: false },
} as const satisfies Record<string, Controller>;

export type ControllerName = keyof typeof controllers;

export const controllerNames = Object.keys(controllers) as [ControllerName, ...ControllerName[]];
