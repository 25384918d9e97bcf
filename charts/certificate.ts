import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { workload } from '../contract/workload';
import { GatewayChart, type GatewayChartProps } from './gateway-chart';
import { tlsSecret } from './ingress';

const directories = {
  production: 'https://acme-v02.api.letsencrypt.org/directory',
  staging: 'https://acme-staging-v02.api.letsencrypt.org/directory',
};

/**
 * What asks Let's Encrypt for the certificate, in a file of its own, the last one: apply it once public resolvers
 * answer for the host. The article's first order came earlier, failed, and left its solver behind.
 */
export class CertificateChart extends GatewayChart {
  constructor(scope: Construct, id: string, props: GatewayChartProps) {
    super(scope, id, props);
    const { host, ingress } = props.environment;
    const issuer = 'letsencrypt';
    new ApiObject(this, 'issuer', {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Issuer',
      metadata: { name: issuer, namespace: workload.namespace },
      spec: {
        acme: {
          email: ingress.acme.email,
          server: directories[ingress.acme.server],
          privateKeySecretRef: { name: 'letsencrypt-account' },
          // The challenge becomes a path of the gateway's own Ingress: this controller ignores a second Ingress of one
          // host (nginx/kubernetes-ingress#1243).
          solvers: [{ http01: { ingress: { name: workload.name } } }],
        },
      },
    });
    new ApiObject(this, 'certificate', {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: {
        name: tlsSecret,
        namespace: workload.namespace,
        // Something to answer TLS with until the order is through: the challenge is redirected there.
        annotations: { 'cert-manager.io/issue-temporary-certificate': 'true' },
      },
      spec: {
        secretName: tlsSecret,
        dnsNames: [host],
        issuerRef: { kind: 'Issuer', name: issuer },
        privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      },
    });
  }
}
