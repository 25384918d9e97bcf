import type { Json } from '../../__tests__/helpers/objects';
import { workload } from '../../contract/workload';

const PATH = '/.well-known/acme-challenge/token';

/**
 * The object that cert-manager makes of an Issuer's HTTP-01 solver, for the minute of a challenge.
 * @param service that answers; cert-manager's own is called as the object
 */
export function acmeChallenge(
  issuer: Json,
  host: string,
  service = 'cm-acme-http-solver-abcde',
  port = 8089,
): { readonly path: string; readonly object: Json } {
  const { ingress, gatewayHTTPRoute } = issuer.spec.acme.solvers[0].http01;
  const metadata = {
    name: 'cm-acme-http-solver-abcde',
    namespace: workload.namespace,
    labels: { 'acme.cert-manager.io/http01-solver': 'true' },
  };
  const object = ingress
    ? {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: { ...metadata, annotations: ingress.ingressTemplate?.metadata.annotations },
        spec: {
          ingressClassName: ingress.ingressClassName,
          rules: [{ host, http: { paths: [ingressPath(service, port)] } }],
        },
      }
    : {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        metadata,
        spec: {
          parentRefs: gatewayHTTPRoute.parentRefs,
          hostnames: [host],
          rules: [
            { matches: [{ path: { type: 'Exact', value: PATH } }], backendRefs: [{ name: service, port }] },
          ],
        },
      };
  return { path: PATH, object };
}

function ingressPath(name: string, port: number): Json {
  return {
    path: PATH,
    pathType: 'ImplementationSpecific',
    backend: { service: { name, port: { number: port } } },
  };
}
