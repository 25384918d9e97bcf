import { z } from 'zod';
import { section } from '../config/section';

/**
 * What Azure invents, and nothing that follows from the environment file. Terraform publishes these outputs under
 * these very names, the charts read them back. None of them is a secret.
 */
export const outputsSchema = section({
  /** Client id of the gateway's identity. */
  gateway_client_id: z.guid('is no client id'),
  /** Object id of the gateway's identity, its user name at Redis. */
  gateway_principal_id: z.guid('is no principal id'),
  /** Entra tenant of the identity. */
  tenant_id: z.guid('is no tenant id'),
  /** Client id of cert-manager's identity, which exists for `ingress.acme.solver` dns01 only. */
  cert_manager_client_id: z.guid('is no client id').optional(),
});

export type Outputs = z.output<typeof outputsSchema>;

/** What a value reads before Terraform knows it: Terraform's own words. */
export const KNOWN_AFTER_APPLY = '(known after apply)';

/** The label with that value that every object of a preview carries, so that the API server refuses it. */
export const PREVIEW_LABEL = 'litellm-aks/preview';

/** The outputs before the first deployment. */
export const unknownOutputs = Object.fromEntries(
  Object.keys(outputsSchema.shape).map(name => [name, KNOWN_AFTER_APPLY]),
) as Outputs;
