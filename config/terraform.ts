import { z } from 'zod';
import { section } from './section';

/** Where Terraform keeps its state. */
export const terraformSchema = z
  .discriminatedUnion('backend', [
    section({
      /** A file `terraform.<environment>.tfstate` in the project's folder, ignored by git. The default. */
      backend: z.literal('local'),
    }),
    section({
      /** A blob `<environment>.tfstate`, read and written with the caller's Entra identity. */
      backend: z.literal('azurerm'),
      /** Resource group of the storage account. */
      resourceGroup: z.string().min(1),
      /** The account, which is there before the first deployment (docs/operations.md). */
      storageAccount: z
        .string()
        .regex(/^[a-z0-9]{3,24}$/, 'is no storage account name; use 3 to 24 lowercase letters and digits'),
      /** The container within it. Default tfstate. */
      container: z.string().min(3).default('tfstate'),
    }),
  ])
  .prefault({ backend: 'local' });

export type TerraformState = z.output<typeof terraformSchema>;
