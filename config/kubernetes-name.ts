import { z } from 'zod';

/** A name in Kubernetes, such as a namespace's. */
export const kubernetesName = z
  .string()
  .max(63)
  .regex(
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
    'is no Kubernetes name; use lowercase letters, digits and inner hyphens',
  );
