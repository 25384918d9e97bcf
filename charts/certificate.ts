import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { workload } from '../contract/workload';
import { acmeSolver } from './acme-solver';
import { GatewayChart, type GatewayChartProps } from './gateway-chart';
import { tlsSecret } from './ingress-object';

const directories = {
  production: 'https://acme-v02.api.letsencrypt.org/directory',
  staging: 'https://acme-staging-v02.api.letsencrypt.org/directory',
};

/**
 * What asks Let's Encrypt for the certificate, in a folder of its own, so that applying the others' never starts an
 * order: apply it once public resolvers answer for the host. The article's first order came earlier, failed, and left
 * its solver behind.
 */
export class CertificateChart extends GatewayChart {
  override readonly folder = 'after-dns';

  constructor(scope: Construct, id: string, props: GatewayChartProps) {
    super(scope, id, props);
    const { environment, outputs } = props;
    const { host, ingress } = environment;
    const { acme } = ingress;
    const issuer = 'letsencrypt';
    new ApiObject(this, 'issuer', {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Issuer',
      metadata: { name: issuer, namespace: workload.namespace },
      spec: {
        acme: {
          email: acme.email,
          server: directories[acme.server],
          privateKeySecretRef: { name: 'letsencrypt-account' },
          solvers: [acmeSolver(environment, outputs)],
        },
      },
    });
    new ApiObject(this, 'certificate', {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: {
        name: tlsSecret,
        namespace: workload.namespace,
        // Something to answer TLS with until the order is through: an HTTP-01 challenge is redirected there.
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
