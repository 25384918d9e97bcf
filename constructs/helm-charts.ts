/** Every Helm chart that is installed, with its version: the only place to raise one. */
export const helmCharts = {
  certManager: {
    repository: 'oci://quay.io/jetstack/charts',
    chart: 'cert-manager',
    version: 'v1.21.2',
  },
  /** F5's controller 5.6.2. */
  nginx: { repository: 'oci://ghcr.io/nginx/charts', chart: 'nginx-ingress', version: '2.7.2' },
  /** Traefik 3.7.13. */
  traefik: { repository: 'oci://ghcr.io/traefik/helm', chart: 'traefik', version: '41.6.0' },
} as const;
