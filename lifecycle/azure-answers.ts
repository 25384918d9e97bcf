import { z } from 'zod';

/** What is read of the answers of az, in its own names; it says more, and null where it has nothing. */

const zones = z.array(z.string()).nullish();

/** `az account show`. */
export const account = z.object({
  id: z.string(),
  name: z.string(),
  tenantId: z.string(),
  user: z.object({ name: z.string() }).nullish(),
});

/** `az aks show`. */
export const cluster = z.object({
  provisioningState: z.string(),
  powerState: z.object({ code: z.string() }).nullish(),
  currentKubernetesVersion: z.string().nullish(),
  kubernetesVersion: z.string().nullish(),
  fqdn: z.string().nullish(),
  privateFqdn: z.string().nullish(),
});

/** `az vm list-skus`. */
export const skus = z.array(
  z.object({
    name: z.string(),
    family: z.string(),
    capabilities: z.array(z.object({ name: z.string(), value: z.string() })),
    locationInfo: z.array(z.object({ zones })),
    restrictions: z.array(z.object({ restrictionInfo: z.object({ zones }).nullish() })),
  }),
);

/** `az vm list-usage`: numbers as text. */
export const usages = z.array(
  z.object({
    name: z.object({ value: z.string() }),
    currentValue: z.coerce.number(),
    limit: z.coerce.number(),
  }),
);

/** `az feature show`. */
export const feature = z.object({ properties: z.object({ state: z.string() }) });

/** `az network public-ip show`. */
export const publicIp = z.object({ ipAddress: z.string() });

/** `az keyvault list-deleted`, `az cognitiveservices account list-deleted`. */
export const named = z.array(z.object({ name: z.string() }));
