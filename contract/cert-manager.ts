/** Where cert-manager runs, and as whom: a federated credential trusts exactly this ServiceAccount. */
export const certManager = { namespace: 'cert-manager', serviceAccount: 'cert-manager' } as const;

/** The subject under which AKS vouches for cert-manager's pods. */
export const certManagerSubject = `system:serviceaccount:${certManager.namespace}:${certManager.serviceAccount}`;
